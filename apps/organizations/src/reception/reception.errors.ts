import { defineErrors } from '@frontline/platform';

/** What can be wrong with planning, changing and holding receptions. */
export const receptionErrors = defineErrors({
  'reception.noScheme': {
    kind: 'illegalState',
    en: '{field}: no version of the contact scheme “{scheme}” asks for receptions in {year}.',
    zh: '{field}：联系制度“{scheme}”没有规定 {year} 年的接待。',
  },
  'reception.year': {
    kind: 'invalid',
    en: '{field} must be this year ({from}) or one of the two after it.',
    zh: '{field} 必须是今年（{from}）或其后两年。',
  },
  'reception.number': {
    kind: 'invalid',
    en: '{field} must be between {min} and {max}.',
    zh: '{field} 必须在 {min} 到 {max} 之间。',
  },
  'reception.reason': {
    kind: 'invalid',
    en: '{field} must be 1 to {max} characters.',
    zh: '{field} 须为 1 至 {max} 个字。',
  },
  'reception.notPlanned': {
    kind: 'illegalState',
    en: '{field}: the reception no longer lies ahead; it is {state}.',
    zh: '{field}：该接待已不在计划中（{state}）。',
  },
  'reception.moveTo': {
    kind: 'invalid',
    en: '{field} must be another day after today ({today}).',
    zh: '{field} 必须是今日（{today}）之后的另一天。',
  },
  'reception.notHeld': {
    kind: 'illegalState',
    en: '{field}: nobody has recorded this reception yet.',
    zh: '{field}：该接待尚未登记。',
  },
  'reception.held': {
    kind: 'illegalState',
    en: '{field}: the reception has been recorded already.',
    zh: '{field}：该接待已登记。',
  },
  'reception.cancelled': {
    kind: 'illegalState',
    en: '{field}: the reception was cancelled on {on}.',
    zh: '{field}：该接待已于 {on} 取消。',
  },
  'reception.heldBefore': {
    kind: 'invalid',
    en: '{field} must not lie before the day of the reception ({date}).',
    zh: '{field} 不得早于接待日（{date}）。',
  },
  'reception.unknownReceiver': {
    kind: 'invalid',
    en: '{field}: no party delegate with this id has a term on that day.',
    zh: '{field}：当日没有该党代表的任期。',
  },
  'reception.vacantSeat': {
    kind: 'illegalState',
    en: '{field}: nobody has this seat.',
    zh: '{field}：该席位无人。',
  },
  'reception.swapTooLate': {
    kind: 'illegalState',
    en: '{field}: the reception of {date} no longer lies ahead.',
    zh: '{field}：{date} 的接待已不可调换。',
  },
  'reception.swapSelf': {
    kind: 'invalid',
    en: '{field}: both seats are held by the same person, or are the same one.',
    zh: '{field}：两个席位相同或属于同一人。',
  },
  'reception.swapNotFree': {
    kind: 'illegalState',
    en: '{field}: whoever has this seat can’t come on {date}: they are away, have no term then, or receive elsewhere.',
    zh: '{field}：该席位的代表 {date} 不在岗、无任期或已在别处接待。',
  },
  'reception.notYours': {
    kind: 'forbidden',
    en: '{field}: you may swap only a seat of your own.',
    zh: '{field}：只能调换自己的席位。',
  },
  'reception.notYourPlace': {
    kind: 'forbidden',
    en: '{field}: the reception is not within your place.',
    zh: '{field}：该接待不在您的管辖范围。',
  },
});
