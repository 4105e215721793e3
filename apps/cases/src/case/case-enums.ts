import { domainEnum } from '@frontline/platform';

export const CaseState = domainEnum('CaseState', '案件状态', 'Where a case stands.', {
  REGISTERED: { zh: '已登记', en: 'Registered' },
  ACCEPTED: { zh: '已受理', en: 'Accepted' },
  NOT_ACCEPTED: { zh: '不予受理', en: 'Not accepted' },
  DISPATCHED: { zh: '已派单', en: 'Dispatched' },
  SIGNED_FOR: { zh: '已签收', en: 'Signed for' },
  HANDLING: { zh: '办理中', en: 'Being handled' },
  SUSPENDED: { zh: '已挂起', en: 'Suspended' },
  ANSWERED: { zh: '已答复', en: 'Answered' },
  CALLBACK: { zh: '回访中', en: 'Callback' },
  REWORK: { zh: '重办', en: 'Rework' },
  CLOSED: { zh: '已办结', en: 'Closed' },
  MERGED: { zh: '已并案', en: 'Merged' },
  LONG_TERM: { zh: '挂账', en: 'Long-term' },
  WITHDRAWN: { zh: '已撤回', en: 'Withdrawn' },
});
export type CaseState = keyof typeof CaseState;

export const CaseKind = domainEnum('CaseKind', '案件类型', 'What kind of answer is asked for.', {
  ENQUIRY: { zh: '咨询', en: 'Enquiry' },
  SUGGESTION: { zh: '建议', en: 'Suggestion' },
  HELP_REQUEST: { zh: '求助', en: 'Help request' },
  COMPLAINT: { zh: '投诉', en: 'Complaint' },
});
export type CaseKind = keyof typeof CaseKind;

export const CaseChannel = domainEnum('CaseChannel', '来源渠道', 'How the demand reached the district.', {
  VISIT: { zh: '走访', en: 'Visit' },
  HOME_VISIT: { zh: '上门走访', en: 'Home visit' },
  CARE_VISIT: { zh: '帮扶看望', en: 'Care visit' },
  RECEPTION: { zh: '接待', en: 'Reception' },
  DIALOGUE: { zh: '网上互动', en: 'Dialogue' },
  MICROBLOG: { zh: '微博', en: 'Microblog' },
  HOTLINE: { zh: '热线', en: 'Hotline' },
  WALK_IN: { zh: '来访', en: 'Walk-in' },
  ENTERPRISE_DOOR: { zh: '企业走访', en: 'Enterprise door' },
  PARTNER: { zh: '合作系统', en: 'Partner' },
});
export type CaseChannel = keyof typeof CaseChannel;

export const SourceKind = domainEnum('CaseSourceKind', '来源类别', 'What recorded the demand.', {
  ACTIVITY: { zh: '走访活动', en: 'Activity' },
  HOME_VISIT: { zh: '上门走访', en: 'Home visit' },
});
export type SourceKind = keyof typeof SourceKind;

export const CaseOrder = domainEnum('CaseOrder', '案件排序', 'How a list of cases is ordered.', {
  LATEST: { zh: '最新登记', en: 'Latest first' },
  DUE: { zh: '最早到期', en: 'Earliest promise first' },
});
export type CaseOrder = keyof typeof CaseOrder;
