import { defineErrors } from '@frontline/platform';

/** What can be wrong with a callback. */
export const callbackErrors = defineErrors({
  'callback.byHandler': {
    kind: 'forbidden',
    en: '{field}: whoever has handled a case does not call back about it.',
    zh: '{field}：经办过该案件的干部不得自行回访。',
  },
  'callback.on': {
    kind: 'invalid',
    en: '{field} must lie between {from} (when the case was answered last) and {to}.',
    zh: '{field} 必须在 {from}（最近一次答复日）与 {to} 之间。',
  },
  'callback.answers': {
    kind: 'invalid',
    en: '{field}: whoever was reached says whether it was solved; where nobody was, there are no answers.',
    zh: '{field}：联系上的须填写是否解决；未联系上的不填回答。',
  },
  'callback.closingCode': {
    kind: 'invalid',
    en: '{field} is required when the callback concludes the case, and only then.',
    zh: '{field}：回访后办结的须填写办结方式，其他情况不填。',
  },
  'callback.contactBudget': {
    kind: 'illegalState',
    en: '{field}: this household was reached on {days} days within {window} days; it is left in peace until {from}.',
    zh: '{field}：该户在 {window} 天内已被回访 {days} 天，{from} 前不再打扰。',
  },
  'callback.note': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
});
