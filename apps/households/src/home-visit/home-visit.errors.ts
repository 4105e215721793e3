import { defineErrors } from '@frontline/platform';

/** What can be wrong with a recorded home visit. */
export const homeVisitErrors = defineErrors({
  'homeVisit.future': {
    kind: 'invalid',
    en: '{field} lies in the future: record what took place, not what is planned.',
    zh: '{field} 在未来：请记录已经发生的走访。',
  },
  'homeVisit.nobodyWent': {
    kind: 'invalid',
    en: '{field}: name the team or at least one cadre who went.',
    zh: '{field}：请填写走访的团队或至少一名干部。',
  },
  'homeVisit.teamElsewhere': {
    kind: 'invalid',
    en: '{field}: this team did not serve the household’s residential area on that day.',
    zh: '{field}：该团队当日不服务该户所在居民区。',
  },
  'homeVisit.notAssisted': {
    kind: 'illegalState',
    en: '{field}: a care visit is paid to an assisted household; nobody assisted this one on that day.',
    zh: '{field}：看望走访的对象须为结对帮扶家庭，该户当日无人帮扶。',
  },
  'homeVisit.text': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'homeVisit.demands': {
    kind: 'invalid',
    en: '{field} holds at most {max} demands.',
    zh: '{field} 最多 {max} 条诉求。',
  },
  'homeVisit.caseKind': {
    kind: 'invalid',
    en: '{field} is required when the disposition is CASE, and only then.',
    zh: '处置为立案办理时须填写 {field}，其他情况不填。',
  },
  'homeVisit.outcome': {
    kind: 'invalid',
    en: '{field} is required when the disposition is {disposition}: say how it was settled, or whose receipt there is.',
    zh: '处置为 {disposition} 时须填写 {field}：说明如何解决，或留存回执。',
  },
  'homeVisit.notYoursToAmend': {
    kind: 'forbidden',
    en: '{field}: only who recorded this visit or went there amends or withdraws it.',
    zh: '{field}：只有登记人或参加走访的干部可以更正或撤销。',
  },
  'homeVisit.amendmentTooLate': {
    kind: 'illegalState',
    en: '{field}: this visit could be amended until {last}.',
    zh: '{field}：该走访的更正期限为 {last}，现已超过。',
  },
  'homeVisit.withdrawn': {
    kind: 'illegalState',
    en: '{field}: this visit was withdrawn.',
    zh: '{field}：该走访已撤销。',
  },
  'homeVisit.nothingAmended': {
    kind: 'invalid',
    en: '{field}: nothing would change.',
    zh: '{field}：没有任何更正内容。',
  },
  'homeVisit.dayStays': {
    kind: 'invalid',
    en: '{field}: the day of a visit stays; withdraw it and record it anew.',
    zh: '{field}：走访日期不能更正；请撤销后重新登记。',
  },
  'homeVisit.demandTwice': {
    kind: 'invalid',
    en: '{field}: one demand is named twice.',
    zh: '{field}：同一诉求出现两次。',
  },
  'homeVisit.unknownDemand': {
    kind: 'notFound',
    en: '{field}: this visit has no such demand.',
    zh: '{field}：该走访没有这条诉求。',
  },
  'homeVisit.caseDecides': {
    kind: 'illegalState',
    en: '{field}: its case has taken this over; change it there.',
    zh: '{field}：已由案件接管，请在案件中更正。',
  },
  'homeVisit.caseConcluded': {
    kind: 'illegalState',
    en: '{field}: its case is {state}; what it answered stays as it was said.',
    zh: '{field}：其案件状态为 {state}，已答复的诉求不能撤改。',
  },
  'homeVisit.caseWithdrawn': {
    kind: 'illegalState',
    en: '{field}: its case was withdrawn by an amendment; record what was said as a new demand.',
    zh: '{field}：其案件已因更正撤回，请另行补充诉求。',
  },
});
