import { cadreExperienced, type Fact } from '@frontline/events';
import { defineErrors } from '@frontline/platform';
import { checkedPeriod, cadreErrors } from '../cadre/cadre.errors.ts';
import { periodOf, type PersonnelFile } from '../cadre/personnel-file.ts';
import { overlap } from '../effective/timeline.ts';
import type { ExperienceKind } from './grassroots-experience.entity.ts';

/** Kinds of organization at which service counts as service at the grassroots; ASSUMED, the article names none. */
export const GRASSROOTS_KINDS: readonly string[] = ['SUBDISTRICT', 'TOWN', 'RESIDENTIAL_AREA', 'SERVICE_CENTRE'];

export const experienceErrors = defineErrors({
  'experience.overlaps': {
    kind: 'illegalState',
    en: '{field}: this cadre has been at the grassroots from {from} already; such periods do not overlap.',
    zh: '{field}：该干部自 {from} 起已有基层经历，期间不能重叠。',
  },
  'experience.notGrassroots': {
    kind: 'invalid',
    en: '{field}: service counts at organizations of the kinds {kinds}; this one is a {kind}.',
    zh: '{field}：只有在 {kinds} 的任职计入基层经历；该单位为 {kind}。',
  },
});

/** A period at the grassroots that is to be put on record. */
export interface NewExperience {
  organizationId: string;
  kind: ExperienceKind;
  from: string;
  until?: string | undefined;
}

/** Puts a period at the grassroots on a cadre's record; periods of one cadre do not overlap. */
export function addExperience(file: PersonnelFile, { organizationId, kind, from, until }: NewExperience): Fact[] {
  checkedPeriod(from, until, 'input.until');
  if (from < file.cadre.recruitedOn) throw cadreErrors('cadre.beforeRecruitment', {}, { field: 'input.from' });
  const last = [until, file.leftOn].filter((day) => day !== undefined).sort()[0];
  if (last !== undefined && last <= from) throw cadreErrors('cadre.left', { day: from }, { field: 'input.from' });
  const other = file.rows.experience.find((each) => overlap(periodOf(each), { from, until: last }));
  if (other) throw experienceErrors('experience.overlaps', { from: other.validFrom }, { field: 'input.from' });
  const { id } = file.add('experience', { organizationId, kind, validFrom: from, validTo: last ?? null });
  const about = { experienceId: id, organizationId, kind, from, record: file.record() };
  return [cadreExperienced.of({ ...about, ...(last && { until: last }) })];
}

/** Refuses an organization at which service is none at the grassroots. */
export function refuseOtherThanGrassroots(organizationKind: string, field: string): void {
  if (!GRASSROOTS_KINDS.includes(organizationKind))
    throw experienceErrors(
      'experience.notGrassroots',
      { kind: organizationKind, kinds: GRASSROOTS_KINDS.join(', ') },
      { field },
    );
}
