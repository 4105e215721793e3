import { Recurrence, RecurrenceError, type Period } from '@frontline/calendar';
import { CADRE_RANKS } from '@frontline/events';
import { defineErrors, platformErrors, type DomainError } from '@frontline/platform';
import { LONGEST_WINDOW_DAYS } from '../duty/obligations.ts';
import type { ContactorRule, CountRule, DutyRule, LiaisonRule, SchemeCardinalities } from './contact-scheme.entity.ts';
import type { ContactorRuleInput, CountRuleInput, DutyRuleInput, SchemeTermsInput } from './contact-scheme.inputs.ts';

/** What can be wrong with a scheme. */
export const schemeErrors = defineErrors({
  'contactScheme.codeTaken': {
    kind: 'conflict',
    en: '{field}: a scheme with this code exists.',
    zh: '{field}：该代码的联系制度已存在。',
  },
  'contactScheme.recurrence': {
    kind: 'invalid',
    en: '{field}: {part} {rule}.',
    zh: '{field}：频次规则的 {part} 不符合 RFC 5545（{rule}）。',
  },
  'contactScheme.rhythm': {
    kind: 'invalid',
    en: '{field}: give either a recurrence with windowDays, or a period in which it is counted.',
    zh: '{field}：请给出频次与期限天数，或给出计数周期，二者择一。',
  },
  'contactScheme.dutyTwice': {
    kind: 'invalid',
    en: '{field}: the code {code} is used twice.',
    zh: '{field}：代码 {code} 重复。',
  },
  'contactScheme.disagrees': {
    kind: 'invalid',
    en: '{field}: rows of the version of {from} say different things.',
    zh: '{field}：{from} 生效版本的各行内容不一致。',
  },
  'contactScheme.noActivity': {
    kind: 'invalid',
    en: '{field} must not be blank where a duty is named.',
    zh: '填写任务代码时，{field}不能为空。',
  },
  'contactScheme.unknownOrganization': {
    kind: 'invalid',
    en: '{field}: no organization {organization} is known here.',
    zh: '{field}：没有组织 {organization}。',
  },
  'contactScheme.past': {
    kind: 'invalid',
    en: '{field} must lie after today, {today}: what a scheme asked before stays.',
    zh: '{field} 须晚于今天（{today}）：此前的要求保持不变。',
  },
  'contactScheme.notAfterVersion': {
    kind: 'conflict',
    en: '{field} must lie after {from}, from which version {version} holds.',
    zh: '{field} 须晚于 {from}，即第 {version} 版的生效日。',
  },
  'contactScheme.retired': {
    kind: 'illegalState',
    en: '{field}: this scheme ends on {on}.',
    zh: '{field}：该联系制度于 {on} 终止。',
  },
});

/** The recurrence and the longest window of each period in which something can be counted. */
const periods: Readonly<Record<Period, Pick<DutyRule, 'recurrence' | 'windowDays'>>> = {
  WEEK: { recurrence: 'FREQ=WEEKLY;BYDAY=MO', windowDays: 7 },
  MONTH: { recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1', windowDays: 31 },
  QUARTER: { recurrence: 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1', windowDays: 92 },
  YEAR: { recurrence: 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1', windowDays: 366 },
};

/** What a version of a scheme says, checked. */
export interface CheckedTerms {
  contactor: ContactorRule;
  targetKinds: string[];
  inPatches: boolean;
  liaisons: LiaisonRule | null;
  cardinalities: SchemeCardinalities | null;
  duties: DutyRule[];
  source: SchemeTermsInput['source'];
  quote: string | null;
}

/**
 * What a version is to say, with every duty as a recurrence: a count per period becomes the recurrence on which the
 * period begins, a window of its length, and the count. Throws what is wrong, with the field below `field`.
 */
export function checkedTerms(terms: SchemeTermsInput, field = 'input.terms'): CheckedTerms {
  const { contactor, liaisons } = terms;
  for (const ofCadres of ['ranks', 'memberships'] as const)
    if (contactor.kind === 'ORGANIZATION' && contactor[ofCadres]?.length)
      throw refused(`${field}.contactor.${ofCadres}`, 'must be absent where organizations are contactors');
  if (contactor.ranks?.some((rank) => !(CADRE_RANKS as readonly string[]).includes(rank)))
    throw refused(`${field}.contactor.ranks`, `must be of ${CADRE_RANKS.join(', ')}`);
  if ((contactor.organizationIds?.length ?? 0) > MAX_NAMED)
    throw refused(`${field}.contactor.organizationIds`, `must name at most ${MAX_NAMED}`);
  if (terms.targetKinds.length === 0 && !isForHouseholds(terms))
    throw refused(
      `${field}.targetKinds`,
      'must name at least one kind, but for households, who are paid care visits alone',
    );
  if (terms.inPatches && terms.targetKinds.some((kind) => kind !== 'RESIDENTIAL_AREA'))
    throw refused(`${field}.targetKinds`, 'must be residential areas alone where they are held in patches');
  if (contactor.atTarget && contactor.kind === 'ORGANIZATION')
    throw refused(`${field}.contactor.atTarget`, 'must be absent where organizations are contactors');
  if (liaisons && !(liaisons.min >= 0 && liaisons.min <= liaisons.max && liaisons.max <= 10))
    throw refused(`${field}.liaisons`, 'must have 0 <= min <= max <= 10');
  const codes = new Set<string>();
  for (const [at, { code }] of terms.duties.entries()) {
    if (codes.has(code))
      throw schemeErrors('contactScheme.dutyTwice', { code }, { field: `${field}.duties.${at}.code` });
    codes.add(code);
  }
  return {
    contactor: keptRule(contactor),
    targetKinds: [...new Set(terms.targetKinds)],
    inPatches: terms.inPatches ?? false,
    liaisons: liaisons ? { min: liaisons.min, max: liaisons.max } : null,
    cardinalities: checkedCardinalities(terms.cardinalities, `${field}.cardinalities`),
    duties: terms.duties.map((duty, at) => checkedDuty(duty, `${field}.duties.${at}`)),
    source: terms.source,
    quote: terms.quote?.trim() || null,
  };
}

/** Particular organizations that a rule may name. */
const MAX_NAMED = 50;

/** A rule for contactors as it is kept: only what it asks for, so that equal rules look alike. */
export function keptRule(rule: ContactorRuleInput | ContactorRule): ContactorRule {
  const { kind, ranks, organizationKinds, organizationIds, memberships, atTarget } = rule;
  return {
    kind,
    ...(ranks?.length && { ranks: [...ranks] }),
    ...(organizationKinds?.length && { organizationKinds: [...organizationKinds] }),
    ...(organizationIds?.length && {
      organizationIds: [...new Set(organizationIds.map((id) => id.toLowerCase()))].sort(),
    }),
    ...(memberships?.length && { memberships: [...new Set(memberships)].sort() }),
    ...(atTarget && { atTarget: true }),
  };
}

/** Whether its targets are households and no organizations: all it asks for is care visits, of those who assist one. */
const isForHouseholds = ({ duties }: SchemeTermsInput): boolean =>
  duties.length > 0 && duties.every(({ activity }) => activity === 'CARE_VISIT');

/** Most contactors of one target, and most targets of one contactor, that a limit may name. */
const MAX_COUNT = 1000;

/** Limits as they are kept: only those that are set; none when there are none. */
export function checkedCardinalities(
  given: SchemeTermsInput['cardinalities'],
  field: string,
): SchemeCardinalities | null {
  const contactorsPerTarget = checkedCount(given?.contactorsPerTarget, `${field}.contactorsPerTarget`);
  const targetsPerContactor = checkedCount(given?.targetsPerContactor, `${field}.targetsPerContactor`);
  if (!contactorsPerTarget && !targetsPerContactor) return null;
  return { ...(contactorsPerTarget && { contactorsPerTarget }), ...(targetsPerContactor && { targetsPerContactor }) };
}

function checkedCount(given: CountRuleInput | null | undefined, field: string): CountRule | undefined {
  const [min, max] = [given?.min ?? undefined, given?.max ?? undefined];
  if (min === undefined && max === undefined) return undefined;
  if (!((min ?? 1) >= 1 && (min ?? 1) <= (max ?? MAX_COUNT) && (max ?? 1) <= MAX_COUNT))
    throw refused(field, `must have 1 <= min <= max <= ${MAX_COUNT}`);
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function checkedDuty(duty: DutyRuleInput, field: string): DutyRule {
  const { code, activity, recurrence, windowDays, period, times, dayOffRule, assumed } = duty;
  checkCode(code, `${field}.code`);
  if (times < 1 || times > 31) throw refused(`${field}.times`, 'must be between 1 and 31');
  if (Boolean(period) === Boolean(recurrence)) throw schemeErrors('contactScheme.rhythm', {}, { field });
  const common = { code, activity, dayOffRule, assumed, times };
  if (period) return { ...common, ...periods[period] };
  if (!windowDays || windowDays < 1 || windowDays > LONGEST_WINDOW_DAYS)
    throw refused(`${field}.windowDays`, `must be between 1 and ${LONGEST_WINDOW_DAYS}`);
  return { ...common, recurrence: checkedRecurrence(recurrence as string, `${field}.recurrence`), windowDays };
}

function checkedRecurrence(text: string, field: string): string {
  try {
    return Recurrence.parse(text).text;
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    throw schemeErrors('contactScheme.recurrence', { part: error.part, rule: error.rule }, { field });
  }
}

/** Refuses what can't be a code of a scheme or of a duty rule. */
export function checkCode(code: string, field: string): void {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(code))
    throw refused(field, 'must be 2 to 40 lower-case letters, digits and hyphens, beginning with a letter');
}

const refused = (field: string, rule: string): DomainError => platformErrors('input.invalid', { rule }, { field });
