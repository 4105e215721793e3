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
});
