import { defineErrors } from '@frontline/platform';

/** What can be wrong with an excuse. */
export const dutyErrors = defineErrors({
  'duty.fulfilled': {
    kind: 'illegalState',
    en: '{field}: this duty was kept; there is nothing to excuse.',
    zh: '{field}：该任务已完成，无需核免。',
  },
  'duty.excused': {
    kind: 'illegalState',
    en: '{field}: this duty was excused before.',
    zh: '{field}：该任务此前已核免。',
  },
});
