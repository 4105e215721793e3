import { outlineProblem, type Outline } from '@frontline/platform';
import type { GeoPointInput } from './organization-change.inputs.ts';
import { organizationErrors } from './organization.errors.ts';
import { impossibleMeasure, measures } from './organization-measures.ts';

/** Where an organization is, as far as it is known: its centre, and the polygon of what belongs to it. */
export interface Whereabouts {
  longitude: number | null;
  latitude: number | null;
  outline: Outline | null;
}

/** Where nothing is known. */
export const NOWHERE: Whereabouts = { longitude: null, latitude: null, outline: null };

/** Whether nothing is known of where an organization is. */
export const isNowhere = ({ longitude, latitude, outline }: Whereabouts): boolean =>
  longitude === null && latitude === null && outline === null;

/** Rings of points as rings of [longitude, latitude]. */
export const outlineOf = (rings: readonly (readonly GeoPointInput[])[]): Outline =>
  rings.map((ring) => ring.map(({ longitude, latitude }) => [longitude, latitude] as const));

/**
 * Refuses a centre that can't be or is only half given, and an outline that is no polygon, whichever door they come by.
 * `fields` says how the door calls them.
 */
export function refuseWhereabouts(
  { longitude, latitude, outline }: Whereabouts,
  fields: { longitude: string; latitude: string; outline: string },
): void {
  const wrong = impossibleMeasure({ longitude, latitude });
  if (wrong === 'longitude' || wrong === 'latitude')
    throw organizationErrors('organization.measure', measures[wrong], { field: fields[wrong] });
  if ((longitude === null) !== (latitude === null))
    throw organizationErrors(
      'organization.halfLocated',
      {},
      { field: longitude === null ? fields.longitude : fields.latitude },
    );
  const rule = outline && outlineProblem(outline);
  if (rule) throw organizationErrors('organization.outline', { rule }, { field: fields.outline });
}
