import { defineErrors } from '@frontline/platform';

/** What can be wrong with a bulk reassignment. */
export const reassignmentErrors = defineErrors({
  'reassignment.which': {
    kind: 'invalid',
    en: '{field}: name either whose assignments change hands, or the assignments.',
    zh: '{field}：请指明由谁交出，或列出定点联系，二者择一。',
  },
  'reassignment.none': {
    kind: 'invalid',
    en: '{field}: no assignment that holds on {on} is meant.',
    zh: '{field}：没有在 {on} 生效的定点联系。',
  },
  'reassignment.tooMany': {
    kind: 'invalid',
    en: '{field}: at most {max} assignments change hands at once, and {count} are meant.',
    zh: '{field}：一次最多调整 {max} 项定点联系，现有 {count} 项。',
  },
  'reassignment.successors': {
    kind: 'invalid',
    en: '{field} names 1 to {max} successors, each once, and nobody who hands over.',
    zh: '{field} 须列出 1 到 {max} 名不重复的接收人，且不含交出人。',
  },
  'reassignment.past': {
    kind: 'invalid',
    en: '{field} must not lie before today, {today}.',
    zh: '{field} 不得早于今天（{today}）。',
  },
  'reassignment.planMissing': {
    kind: 'invalid',
    en: '{field}: give the plan that a dry run has shown.',
    zh: '{field}：请提供试运行所显示的方案标识。',
  },
  'reassignment.planStale': {
    kind: 'conflict',
    en: '{field}: what the dry run showed no longer holds; run it again.',
    zh: '{field}：试运行的方案已不成立，请重新试运行。',
  },
  'reassignment.nothing': {
    kind: 'illegalState',
    en: '{field}: nobody of these successors can take any of the assignments.',
    zh: '{field}：所列接收人均不能接收其中任何一项。',
  },
});
