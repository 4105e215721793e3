import { defineErrors } from '@frontline/platform';

/** What can be wrong with the yearly plan of two branches, or with its review. */
export const planErrors = defineErrors({
  'pairingPlan.year': {
    kind: 'invalid',
    en: '{field} must be this year or the next, and one in which the pairing holds.',
    zh: '{field} 须为本年或次年，且结对在该年有效。',
  },
  'pairingPlan.exists': {
    kind: 'conflict',
    en: '{field}: the pairing has a plan for {year}; change that one.',
    zh: '{field}：该结对已有 {year} 年度计划，请修改原计划。',
  },
  'pairingPlan.items': {
    kind: 'invalid',
    en: '{field} must list 1 to {max} items.',
    zh: '{field} 须列出 1 到 {max} 项。',
  },
  'pairingPlan.text': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'pairingPlan.plannedOn': {
    kind: 'invalid',
    en: '{field} must lie between {from} and {to}: in the year, while the pairing holds.',
    zh: '{field} 必须在 {from} 与 {to} 之间（该年度内、结对有效期间）。',
  },
  'pairingPlan.state': {
    kind: 'illegalState',
    en: '{field}: a plan that is {state} is not to be {action}.',
    zh: '{field}：计划当前状态为 {state}，不能执行 {action}。',
  },
  'pairingPlan.tooEarly': {
    kind: 'illegalState',
    en: '{field}: this year can be reviewed from {from} on.',
    zh: '{field}：该年度自 {from} 起可以总结。',
  },
  'pairingPlan.outcomes': {
    kind: 'invalid',
    en: '{field} must say of each item of the plan, once, what became of it.',
    zh: '{field} 须对计划的每一项各说明一次完成情况。',
  },
  'pairingPlan.evidence': {
    kind: 'invalid',
    en: '{field}: of what was done name the activity, or the day with a note; of what was not, say why in a note.',
    zh: '{field}：已完成的须指明活动，或填写日期与说明；未完成的须说明原因。',
  },
  'pairingPlan.activity': {
    kind: 'invalid',
    en: '{field} must be an activity of the planned kind that took place in the year of the plan.',
    zh: '{field} 必须是在计划年度内开展、与计划类别一致的活动。',
  },
  'pairingPlan.doneOn': {
    kind: 'invalid',
    en: '{field} must lie in the year of the plan, and not after today.',
    zh: '{field} 必须在计划年度内，且不晚于今天。',
  },
  'pairingPlan.concluded': {
    kind: 'illegalState',
    en: '{field}: this branch concluded the review on {on}.',
    zh: '{field}：该支部已于 {on} 确认总结。',
  },
});
