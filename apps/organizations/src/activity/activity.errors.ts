import { defineErrors } from '@frontline/platform';

/** What can be wrong with a recorded activity. */
export const activityErrors = defineErrors({
  'activity.future': {
    kind: 'invalid',
    en: '{field} lies in the future: record what took place, not what is planned.',
    zh: '{field} 在未来：请记录已经发生的走访。',
  },
  'activity.target': {
    kind: 'invalid',
    en: '{field}: say where it took place, by targetId or by assignmentId.',
    zh: '{field}：请用 targetId 或 assignmentId 说明走访对象。',
  },
  'activity.targetMismatch': {
    kind: 'invalid',
    en: '{field} is not the target of the assignment.',
    zh: '{field} 不是该定点联系的对象。',
  },
  'activity.notYourAssignment': {
    kind: 'forbidden',
    en: '{field}: this assignment is not yours on that day.',
    zh: '{field}：当日该定点联系不属于您。',
  },
  'activity.notYourPlace': {
    kind: 'forbidden',
    en: '{field} lies outside the places where your roles let you record.',
    zh: '{field} 不在您有权记录的范围内。',
  },
  'activity.unknownOrganization': {
    kind: 'invalid',
    en: '{field} must be the id of an organization; this is none.',
    zh: '{field} 必须是组织的标识。',
  },
  'activity.text': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'activity.number': {
    kind: 'invalid',
    en: '{field} must be between {min} and {max}.',
    zh: '{field} 须在 {min} 到 {max} 之间。',
  },
  'activity.demands': {
    kind: 'invalid',
    en: '{field} holds at most {max} demands.',
    zh: '{field} 最多 {max} 条诉求。',
  },
  'demand.caseKind': {
    kind: 'invalid',
    en: '{field} is required when the disposition is CASE, and only then.',
    zh: '处置为立案办理时须填写 {field}，其他情况不填。',
  },
  'demand.outcome': {
    kind: 'invalid',
    en: '{field} is required when the disposition is {disposition}: say how it was settled, or whose receipt there is.',
    zh: '处置为 {disposition} 时须填写 {field}：说明如何解决，或留存回执。',
  },
});
