import { defineErrors } from '@frontline/platform';

/** What can be wrong with making and revoking a calendar feed. */
export const calendarFeedErrors = defineErrors({
  'calendarFeed.noCadre': {
    kind: 'forbidden',
    en: 'Only an account with a cadre’s file can have a calendar feed.',
    zh: '只有关联干部档案的账号可以创建日历订阅。',
  },
  'calendarFeed.tooMany': {
    kind: 'illegalState',
    en: 'You have {max} calendar feeds already; revoke one that is no longer read.',
    zh: '您已有 {max} 个日历订阅，请先撤销不再使用的。',
  },
  'calendarFeed.label': {
    kind: 'invalid',
    en: '{field} must be 1 to {max} characters.',
    zh: '{field} 须为 1 至 {max} 个字。',
  },
});
