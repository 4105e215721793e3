import { defineErrors } from '@frontline/platform';

/** What can be wrong with a question or its answer. */
export const questionErrors = defineErrors({
  'question.kind': {
    kind: 'invalid',
    en: '{field}: questions belong to an online dialogue or a microblog; record what was heard elsewhere as demands.',
    zh: '{field}：提问仅用于网上互动交流或微博回应；其他活动中听到的请登记为诉求。',
  },
  'question.tooMany': {
    kind: 'invalid',
    en: '{field} holds at most {max} questions.',
    zh: '{field} 最多 {max} 条提问。',
  },
  'question.future': {
    kind: 'invalid',
    en: '{field} lies in the future.',
    zh: '{field} 在未来。',
  },
  'question.answeredAt': {
    kind: 'invalid',
    en: '{field} must lie between the question and now.',
    zh: '{field} 必须在提问之后且不晚于现在。',
  },
  'question.answeredBy': {
    kind: 'invalid',
    en: '{field}: name the cadre who answered; it must be one we know.',
    zh: '{field}：请填写答复的干部，且须为在册干部。',
  },
  'question.notYours': {
    kind: 'forbidden',
    en: '{field}: only who recorded the activity, took part in it, or (to answer) has taken the contact over since does this.',
    zh: '{field}：只有登记或参加该活动的人员可以操作；接任的联系人可以答复。',
  },
  'question.answered': {
    kind: 'illegalState',
    en: '{field}: it was answered before.',
    zh: '{field}：该提问此前已答复。',
  },
  'question.becameDemand': {
    kind: 'illegalState',
    en: '{field}: it was left unanswered and became a demand; whoever has its case answers now.',
    zh: '{field}：该提问逾期未答复，已转为诉求，由承办单位答复。',
  },
  'question.closed': {
    kind: 'illegalState',
    en: '{field}: the dialogue was closed on {on}.',
    zh: '{field}：该互动交流已于 {on} 结束。',
  },
});
