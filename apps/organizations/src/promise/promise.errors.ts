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
    en: '{field}: only who took part in the visit, has taken the contact over since, or stands in for who promised says that the promise was kept.',
    zh: '{field}：只有参加走访的干部、接任的联系人或承诺人的代理人可以登记兑现。',
  },
  'promise.keptAlready': {
    kind: 'illegalState',
    en: '{field}: it was kept on {on}.',
    zh: '{field}：已于 {on} 兑现。',
  },
  'promise.unknown': {
    kind: 'invalid',
    en: '{field} must be a promise of this activity that stands.',
    zh: '{field} 必须是该活动中有效的承诺。',
  },
  'promise.notOpen': {
    kind: 'illegalState',
    en: '{field}: it is {state}; only a promise that is open is changed or taken away.',
    zh: '{field}：该承诺状态为 {state}，仅待兑现的承诺可以更正或撤销。',
  },
  'promise.withdrawn': {
    kind: 'illegalState',
    en: '{field}: an amendment of the visit says that it was never given.',
    zh: '{field}：该承诺已在走访更正中撤销。',
  },
  'promise.keptOn': {
    kind: 'invalid',
    en: '{field} must lie between {from} and {to}.',
    zh: '{field} 必须在 {from} 与 {to} 之间。',
  },
});
