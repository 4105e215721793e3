import { defineErrors } from '@frontline/platform';

/** What can be wrong with a change of a cadre. */
export const cadreErrors = defineErrors({
  'cadre.text': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'cadre.staffNumberTaken': {
    kind: 'conflict',
    en: '{field}: this staff number belongs to another cadre.',
    zh: '{field}：该工号已属于其他干部。',
  },
  'cadre.age': {
    kind: 'invalid',
    en: '{field}: nobody is recruited before the age of {years}.',
    zh: '{field}：入职时须年满 {years} 周岁。',
  },
  'cadre.notYet': {
    kind: 'invalid',
    en: '{field} lies in the future ({today} is today): record it when it has happened.',
    zh: '{field} 在未来（今天是 {today}）：请在发生后登记。',
  },
  'cadre.period': {
    kind: 'invalid',
    en: '{field} must be later than the day on which it begins ({from}).',
    zh: '{field} 必须晚于起始日（{from}）。',
  },
  'cadre.beforeRecruitment': {
    kind: 'invalid',
    en: '{field} must not lie before the recruitment of this cadre.',
    zh: '{field} 不得早于该干部的入职日期。',
  },
  'cadre.laterChange': {
    kind: 'illegalState',
    en: '{field}: a change of {later} is on record already; a change may not be put before it.',
    zh: '{field}：已登记 {later} 的变动，不能在其之前再作变动。',
  },
  'cadre.illegalMove': {
    kind: 'illegalState',
    en: '{field}: {move} is not possible on {day}, when the cadre is {status}.',
    zh: '{field}：该干部在 {day} 的状态为 {status}，不能进行 {move}。',
  },
  'cadre.statusChanges': {
    kind: 'illegalState',
    en: '{field}: the status of this cadre changes on {day} already, within the time asked for.',
    zh: '{field}：该干部的状态在所述期间内（{day}）已有变动。',
  },
  'cadre.left': {
    kind: 'illegalState',
    en: '{field}: this cadre has left the district’s service by {day}.',
    zh: '{field}：该干部在 {day} 已离开本区。',
  },
  'cadre.notLeft': {
    kind: 'illegalState',
    en: '{field}: this cadre has not left the district’s service, and is not to; there is nothing to correct.',
    zh: '{field}：该干部未离开本区，也无待生效的离任，无可更正。',
  },
  'cadre.leftByRegister': {
    kind: 'illegalState',
    en: '{field}: a register told that this cadre left on {day}; correct it there and bring it in again.',
    zh: '{field}：该干部 {day} 的离任来自外部名册，请在来源处更正后重新导入。',
  },
  'cadre.sameDeparture': {
    kind: 'invalid',
    en: '{field}: the departure on record has this day and this reason already.',
    zh: '{field}：离任登记已是该日期和该原因。',
  },
  'cadre.reason': {
    kind: 'invalid',
    en: '{field}: the reason of {status} must be one of {allowed}.',
    zh: '{field}：{status} 的原因必须是 {allowed} 之一。',
  },
  'cadre.sameRank': {
    kind: 'invalid',
    en: '{field}: this cadre holds that rank on {day} already.',
    zh: '{field}：该干部在 {day} 已是该职级。',
  },
  'cadre.samePost': {
    kind: 'invalid',
    en: '{field}: this cadre holds that post on {day} already.',
    zh: '{field}：该干部在 {day} 已任该职务。',
  },
  'cadre.membership': {
    kind: 'invalid',
    en: '{field}: a membership of this kind holds on {day} already, or none does that could end.',
    zh: '{field}：{day} 已有同类政治面貌，或没有可以结束的。',
  },
  'cadre.unknownOrganization': {
    kind: 'invalid',
    en: '{field} must be the id of an organization; this is none.',
    zh: '{field} 必须是组织的标识。',
  },
  'cadre.organizationNotThere': {
    kind: 'invalid',
    en: '{field}: the organization does not exist on {day}.',
    zh: '{field}：该组织在 {day} 不存在。',
  },
  'cadre.unknownCode': {
    kind: 'invalid',
    en: '{field}: no organization has the code {code}.',
    zh: '{field}：没有代码为 {code} 的组织。',
  },
  'cadre.holdsNothing': {
    kind: 'invalid',
    en: '{field} must be blank from the day on which a cadre retires or leaves.',
    zh: '自退休或离任之日起，{field}须为空。',
  },
  'cadre.othersRest': {
    kind: 'conflict',
    en: '{field}: liaisons, rotations or substitutions rest on this cadre; record the departure or the rank in the register, which ends them too.',
    zh: '{field}：该干部尚有联络、轮岗或代理关系，请在系统中登记离任或职级变动，以便一并处理。',
  },
  'cadre.notYourPlace': {
    kind: 'forbidden',
    en: '{field}: this cadre serves outside the places where your role lets you keep the register.',
    zh: '{field}：该干部不在您负责的范围内。',
  },
});

/** Refuses an empty or endless text; returns it without the spaces around. */
export function checkedText(text: string, max: number, field: string): string {
  const trimmed = text.trim();
  const characters = [...trimmed].length;
  if (characters < 1 || characters > max) throw cadreErrors('cadre.text', { max }, { field });
  return trimmed;
}

/** Refuses a period that ends before it has begun. */
export function checkedPeriod(from: string, until: string | null | undefined, field: string): void {
  if (until && until <= from) throw cadreErrors('cadre.period', { from }, { field });
}
