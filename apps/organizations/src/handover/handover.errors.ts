import { defineErrors } from '@frontline/platform';

/** What can be wrong with handing an assignment over. */
export const handoverErrors = defineErrors({
  'handover.notHeld': {
    kind: 'illegalState',
    en: '{field}: the assignment does not hold today.',
    zh: '{field}：该定点联系今日未生效。',
  },
  'handover.open': {
    kind: 'illegalState',
    en: '{field}: the assignment has been offered to somebody already.',
    zh: '{field}：该定点联系已有待接收的交接。',
  },
  'handover.successor': {
    kind: 'invalid',
    en: '{field}: the scheme does not admit this successor today, or they hold the assignment or contact the target already.',
    zh: '{field}：接收人今日不符合联系制度的条件，或已是该联系的主体、已联系该对象。',
  },
  'handover.notYours': {
    kind: 'forbidden',
    en: '{field}: only the successor accepts or declines a handover.',
    zh: '{field}：仅接收人可以接收或谢绝交接。',
  },
  'handover.accepted': {
    kind: 'illegalState',
    en: '{field}: it was accepted on {on} already.',
    zh: '{field}：已于 {on} 接收。',
  },
  'handover.closed': {
    kind: 'illegalState',
    en: '{field}: it was declined or withdrawn on {on} already.',
    zh: '{field}：已于 {on} 谢绝或撤回。',
  },
});
