import type { CadreRank, MembershipKind, Sex } from './cadre-enums.ts';
import { FIRST_STATUS } from './cadre-status.ts';
import { cadreErrors, checkedText } from './cadre.errors.ts';
import { Cadre } from './cadre.entity.ts';
import { NO_HEIRS, type Heirs } from '../succession/heirs.ts';
import { PersonnelFile } from './personnel-file.ts';

/** Nobody is recruited younger (公务员法: eighteen years). */
const LEAST_AGE = 18;

/** What is known of a cadre on the day they enter the register. */
export interface Registration {
  staffNumber: string;
  name: string;
  sex: Sex;
  bornOn: string;
  recruitedOn: string;
  rank: CadreRank;
  organizationId: string;
  title: string;
  membership?: MembershipKind | null;
}

/** The file of a cadre who enters the register: active, with rank and post from the day of recruitment. */
export function registered(
  { name, sex, bornOn, recruitedOn, rank, organizationId, membership, ...texts }: Registration,
  today: string,
  blindIndex: (name: string) => string,
  heirs: Heirs = NO_HEIRS,
): PersonnelFile {
  refuseRecruitment({ bornOn, recruitedOn }, today);
  const plainName = checkedText(name, 100, 'input.name');
  const cadre = Object.assign(new Cadre(), {
    staffNumber: checkedText(texts.staffNumber, 40, 'input.staffNumber'),
    name: plainName,
    nameIndex: blindIndex(plainName),
    sex,
    bornOn,
    recruitedOn,
  });
  const nothing = { statuses: [], ranks: [], posts: [], memberships: [], experience: [], liaisons: [], absences: [] };
  const file = new PersonnelFile(cadre, nothing, today, heirs);
  const held = { validFrom: recruitedOn, validTo: null };
  file.add('statuses', { status: FIRST_STATUS, reason: null, ...held });
  file.add('ranks', { rank, ...held });
  const title = checkedText(texts.title, 100, 'input.title');
  file.add('posts', { organizationId, title, temporary: false, ...held });
  if (membership) file.add('memberships', { kind: membership, ...held });
  return file;
}

/** Refuses a recruitment that lies ahead, and one of somebody too young. */
export function refuseRecruitment(
  { bornOn, recruitedOn }: Pick<Registration, 'bornOn' | 'recruitedOn'>,
  today: string,
): void {
  if (recruitedOn > today) throw cadreErrors('cadre.notYet', { today }, { field: 'input.recruitedOn' });
  if (yearsLater(bornOn, LEAST_AGE) > recruitedOn)
    throw cadreErrors('cadre.age', { years: LEAST_AGE }, { field: 'input.bornOn' });
}

/** The same day so many years later; the 29th of February becomes a text behind the 28th, which compares rightly. */
function yearsLater(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
}
