import { defineErrors } from '@frontline/platform';

/** What can be wrong with a promise. */
export const promiseErrors = defineErrors({
  'promise.dueOn': {
    kind: 'invalid',
    en: '{field} must lie between {from} (the day of the visit) and {to}.',
    zh: '{field} 必须在 {from}（走访当日）与 {to} 之间。',
  },
  'promise.cadre': {
    kind: 'invalid',
    en: '{field} must be a cadre who took part.',
    zh: '{field} 必须是参加的干部。',
  },
  'promise.tooMany': {
    kind: 'invalid',
    en: '{field} holds at most {max} promises.',
    zh: '{field} 最多 {max} 条承诺。',
  },
  'promise.notYours': {
    kind: 'forbidden',
    en: '{field}: only who took part in the visit says that the promise was kept.',
    zh: '{field}：只有参加走访的干部可以登记兑现。',
  },
  'promise.keptAlready': {
    kind: 'illegalState',
    en: '{field}: it was kept on {on}.',
    zh: '{field}：已于 {on} 兑现。',
  },
  'promise.keptOn': {
    kind: 'invalid',
    en: '{field} must lie between {from} and {to}.',
    zh: '{field} 必须在 {from} 与 {to} 之间。',
  },
});
