import { domainEnum } from '@frontline/platform';

/** The same names as for the demands of activities, so that the graph has one enum. */
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

/** The same names as in the cases service, so that the graph has one enum. */
export const CaseKind = domainEnum('CaseKind', '案件类型', 'What kind of answer is asked for.', {
  ENQUIRY: { zh: '咨询', en: 'Enquiry' },
  SUGGESTION: { zh: '建议', en: 'Suggestion' },
  HELP_REQUEST: { zh: '求助', en: 'Help request' },
  COMPLAINT: { zh: '投诉', en: 'Complaint' },
});
export type CaseKind = keyof typeof CaseKind;
