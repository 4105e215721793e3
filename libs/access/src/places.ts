import { READS_DISTRICT, type Actor, type Grant, type Role } from './roles.ts';

/** Grants of an actor; services and strangers have none. */
export function grantsOf(actor: Actor): readonly Grant[] {
  return actor.kind === 'person' ? actor.grants : [];
}

/** Roles that hold within a place only; a grant that names none gives nothing. */
const BOUND_TO_PLACE: readonly Role[] = ['GRID_WORKER', 'SUBDISTRICT', 'DEPARTMENT'];

/** The places where an actor holds one of these roles; `'ALL'` when one holds in the whole district; empty when none does. */
export function placesFor(actor: Actor, roles: readonly Role[]): 'ALL' | string[] {
  if (actor.kind === 'system') return 'ALL';
  const held = grantsOf(actor).filter(
    ({ role, place }) => roles.includes(role) && (place !== undefined || !BOUND_TO_PLACE.includes(role)),
  );
  if (held.some(({ place }) => place === undefined)) return 'ALL';
  return [...new Set(held.map(({ place }) => place as string))];
}

/** Whether an actor reads every row of the district. */
export function readsDistrict(actor: Actor): boolean {
  return actor.kind === 'system' || grantsOf(actor).some(({ role }) => READS_DISTRICT.includes(role));
}

/** Roles that meet residents, and so see who they are, within their own place. */
export const MEETS_RESIDENTS: readonly Role[] = ['GRID_WORKER', 'SUBDISTRICT'];

/**
 * Whether personal data of something at a place is shown clearly. `placePath` holds the ids of the organizations around
 * it, from the district down; `personallyResponsible` says that the asking cadre is the one who answers for it (its
 * helper, its holder). A grant without a place gives no right here: whoever reads the whole district reads it masked.
 */
export function personalData(
  actor: Actor,
  placePath: readonly string[],
  personallyResponsible = false,
): 'CLEAR' | 'MASKED' {
  if (actor.kind !== 'person') return 'MASKED';
  const held = actor.grants;
  if (personallyResponsible && actor.cadreId !== undefined && held.some(({ role }) => role === 'CADRE')) return 'CLEAR';
  const near = held.some(
    ({ role, place }) => MEETS_RESIDENTS.includes(role) && place !== undefined && placePath.includes(place),
  );
  return near ? 'CLEAR' : 'MASKED';
}
