import { domainEnum } from '@frontline/platform';

export const ActivityKind = domainEnum('ActivityKind', '活动类别', 'What took place, and what a duty asks for.', {
  VISIT: { zh: '下访', en: 'Grassroots visit' },
  REPORT_HEARD: { zh: '听取工作汇报', en: 'Work report heard' },
  CONDITIONS_REVIEW: { zh: '民情分析', en: 'Conditions review' },
  RECEPTION: { zh: '接待群众', en: 'Reception' },
  DIALOGUE: { zh: '网上互动交流', en: 'Online dialogue' },
  MICROBLOG_REPLY: { zh: '微博回应', en: 'Microblog reply' },
  ENTERPRISE_VISIT: { zh: '走访企业', en: 'Enterprise visit' },
  CARE_VISIT: { zh: '看望帮扶对象', en: 'Care visit', description: 'recorded by the households service' },
  BRANCH_ACTIVITY: { zh: '共建活动', en: 'Activity of paired branches' },
  TELL_BACK: { zh: '反馈告知', en: 'Tell-back', description: 'telling somebody what came of what they said' },
});
export type ActivityKind = keyof typeof ActivityKind;

export const Disposition = domainEnum('Disposition', '诉求处置', 'What becomes of a demand; exactly one.', {
  SETTLED_ON_SPOT: { zh: '当场解决', en: 'Settled on the spot' },
  OPINION: { zh: '意见建议', en: 'Opinion', description: 'kept, and feeds the digests' },
  CASE: { zh: '立案办理', en: 'Case', description: 'opens exactly one case, which must be answered' },
  TRANSFERRED_OUT: {
    zh: '转出',
    en: 'Transferred out',
    description: 'to petition, discipline or court; the receipt is kept',
  },
});
export type Disposition = keyof typeof Disposition;

export const CaseKind = domainEnum('CaseKind', '案件类型', 'What kind of answer is asked for.', {
  ENQUIRY: { zh: '咨询', en: 'Enquiry' },
  SUGGESTION: { zh: '建议', en: 'Suggestion' },
  HELP_REQUEST: { zh: '求助', en: 'Help request' },
  COMPLAINT: { zh: '投诉', en: 'Complaint' },
});
export type CaseKind = keyof typeof CaseKind;

export const ActivityAcceptance = domainEnum(
  'ActivityAcceptance',
  '受理方式',
  'How the record of an activity was taken; one that cannot be taken is refused with the reason.',
  {
    ACCEPTED: { zh: '已受理', en: 'Accepted' },
    ACCEPTED_AS_FORMER: {
      zh: '按原定点联系受理',
      en: 'Accepted as former',
      description: 'the assignment held on the day of the visit and has ended since',
    },
  },
);

export const RecordedAs = domainEnum('RecordedAs', '记录身份', 'In what capacity somebody recorded an activity.', {
  CONTACTOR: { zh: '联系人', en: 'Contactor' },
  CO_CONTACTOR: { zh: '共同联系人', en: 'Co-contactor' },
  SUBSTITUTE: { zh: '代理人', en: 'Substitute', description: 'stood in for a contactor who was away that day' },
  MEMBER: { zh: '联系单位干部', en: 'Member', description: 'had a post at the contacting organization that day' },
  LIAISON: { zh: '联络员', en: 'Liaison' },
});
