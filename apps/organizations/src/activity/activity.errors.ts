import { defineErrors } from '@frontline/platform';

/** What can be wrong with a recorded activity. */
export const activityErrors = defineErrors({
  'activity.future': {
    kind: 'invalid',
    en: '{field} lies in the future: record what took place, not what is planned.',
    zh: '{field} 在未来：请记录已经发生的走访。',
  },
  'activity.target': {
    kind: 'invalid',
    en: '{field}: say where it took place, by targetId or by assignmentId.',
    zh: '{field}：请用 targetId 或 assignmentId 说明走访对象。',
  },
  'activity.patchArea': {
    kind: 'invalid',
    en: '{field} must name the residential area of the patch where it took place.',
    zh: '{field} 须指明在该片的哪个居民区开展。',
  },
  'activity.targetMismatch': {
    kind: 'invalid',
    en: '{field} is not the target of the assignment.',
    zh: '{field} 不是该定点联系的对象。',
  },
  'activity.notYourAssignment': {
    kind: 'forbidden',
    en: '{field}: on that day you are no contactor of this assignment, nor liaison, nor substitute of one who was away.',
    zh: '{field}：当日您不是该定点联系的联系人、联络员，也不是离岗联系人的代理人。',
  },
  'activity.assignmentNotBegun': {
    kind: 'illegalState',
    en: '{field}: the assignment began on {on} only, after what you record took place.',
    zh: '{field}：该定点联系自 {on} 起生效，晚于走访日期。',
  },
  'activity.assignmentEnded': {
    kind: 'illegalState',
    en: '{field}: the assignment had ended on {on}, before what you record took place.',
    zh: '{field}：该定点联系已于 {on} 终止，早于走访日期。',
  },
  'activity.offline': {
    kind: 'invalid',
    en: '{field}: a record made offline has both clientId and madeAt; others have neither.',
    zh: '{field}：离线记录须同时提供 clientId 和 madeAt，其他记录均不提供。',
  },
  'activity.clientId': {
    kind: 'invalid',
    en: '{field} must be 8 to 100 characters of letters, digits and -_.:',
    zh: '{field} 必须为 8 到 100 个字母、数字或 -_.: 字符。',
  },
  'activity.madeAt': {
    kind: 'invalid',
    en: '{field} must lie between heldAt and now.',
    zh: '{field} 必须在 heldAt 与当前时间之间。',
  },
  'activity.clientIdReused': {
    kind: 'conflict',
    en: '{field} was used before for another record of yours. Give each record an id of its own; amend what was recorded.',
    zh: '{field} 已用于您的另一条记录。每条记录须有各自的标识；如需更正请修改原记录。',
  },
  'activity.unknownCadre': {
    kind: 'invalid',
    en: '{field} must be the id of a cadre; this is none.',
    zh: '{field} 必须是干部的标识。',
  },
  'activity.notYourPlace': {
    kind: 'forbidden',
    en: '{field} lies outside the places where your roles let you record.',
    zh: '{field} 不在您有权记录的范围内。',
  },
  'activity.unknownOrganization': {
    kind: 'invalid',
    en: '{field} must be the id of an organization; this is none.',
    zh: '{field} 必须是组织的标识。',
  },
  'activity.organizationNotThen': {
    kind: 'illegalState',
    en: '{field}: the organization does not exist on {day}, when it took place; record it at the one that has taken over.',
    zh: '{field}：该组织在 {day}（活动当日）不存在，请登记在承继的组织。',
  },
  'activity.text': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'activity.number': {
    kind: 'invalid',
    en: '{field} must be between {min} and {max}.',
    zh: '{field} 须在 {min} 到 {max} 之间。',
  },
  'activity.demands': {
    kind: 'invalid',
    en: '{field} holds at most {max} demands.',
    zh: '{field} 最多 {max} 条诉求。',
  },
  'activity.notYoursToAmend': {
    kind: 'forbidden',
    en: '{field}: only who recorded an activity or took part in it amends it.',
    zh: '{field}：只有登记人或参加人可以更正该活动。',
  },
  'activity.amendmentTooLate': {
    kind: 'illegalState',
    en: '{field}: it could be amended until {last}.',
    zh: '{field}：更正期限为 {last}。',
  },
  'activity.nothingAmended': {
    kind: 'invalid',
    en: '{field}: nothing of this differs from what is recorded.',
    zh: '{field}：与已登记内容没有差别。',
  },
  'activity.kindStays': {
    kind: 'invalid',
    en: '{field}: visits, reports heard, conditions reviews and enterprise visits may be taken for one another; nothing else may.',
    zh: '{field}：仅下访、听取汇报、民情分析、走访企业之间可以更正类别。',
  },
  'activity.dayStays': {
    kind: 'invalid',
    en: '{field} must stay on the same day: it decided which duties the activity fulfilled. Withdraw it, and record what took place on another day anew.',
    zh: '{field} 必须在同一天：该日决定了完成哪些任务。其他日期的活动请撤销后另行登记。',
  },
  'activity.withdrawn': {
    kind: 'illegalState',
    en: '{field}: this activity was withdrawn.',
    zh: '{field}：该活动已撤销。',
  },
  'activity.staysOnRecord': {
    kind: 'illegalState',
    en: '{field}: a reception, a dialogue with questions, and what a reviewed plan names as its evidence are not withdrawn.',
    zh: '{field}：接待活动、已有提问的互动交流以及已作为年度计划佐证的活动不能撤销。',
  },
  'activity.targetStays': {
    kind: 'invalid',
    en: '{field}: a visit, a report heard, a conditions review or a visit to an enterprise may have taken place elsewhere; nothing else may.',
    zh: '{field}：仅下访、听取汇报、民情分析、走访企业可以更正对象。',
  },
  'activity.receiversStay': {
    kind: 'invalid',
    en: '{field}: who received is amended with the reception (amendReceivers), not with its activity.',
    zh: '{field}：接待人请在接待日中更正（amendReceivers）。',
  },
  'activity.tookPart': {
    kind: 'invalid',
    en: '{field} took part already.',
    zh: '{field} 已是参加干部。',
  },
  'activity.tookNoPart': {
    kind: 'invalid',
    en: '{field} must be a cadre who took part.',
    zh: '{field} 必须是参加的干部。',
  },
  'activity.recorderTookPart': {
    kind: 'invalid',
    en: '{field}: who recorded it took part.',
    zh: '{field}：登记人是参加干部，不能撤销。',
  },
  'activity.gavePromise': {
    kind: 'illegalState',
    en: '{field} has promised something there; change or take away the promise as well.',
    zh: '{field} 在该活动中作出承诺，请同时更正或撤销该承诺。',
  },
  'activity.cadreTwice': {
    kind: 'invalid',
    en: '{field}: a cadre is added or taken away, once.',
    zh: '{field}：一名干部只能补充或撤销一次。',
  },
  'activity.promiseTwice': {
    kind: 'invalid',
    en: '{field}: a promise is changed or taken away, once.',
    zh: '{field}：一项承诺只能更正或撤销一次。',
  },
  'activity.demandTwice': {
    kind: 'invalid',
    en: '{field}: a demand is changed or taken away, once.',
    zh: '{field}：一条诉求只能更正或撤销一次。',
  },
  'demand.category': {
    kind: 'invalid',
    en: '{field} must be the code of a category of cases; this is none.',
    zh: '{field} 必须是案件类别的代码，所填不是。',
  },
  'demand.unknown': {
    kind: 'invalid',
    en: '{field} must be a demand of this activity that stands.',
    zh: '{field} 必须是该活动中有效的诉求。',
  },
  'demand.caseConcluded': {
    kind: 'illegalState',
    en: '{field}: its case is {state}; what it answered stays as it was said.',
    zh: '{field}：其案件状态为 {state}，已答复的诉求不能更正。',
  },
  'demand.caseWithdrawn': {
    kind: 'illegalState',
    en: '{field}: its case was withdrawn, and a demand opens one case only. Add the demand anew.',
    zh: '{field}：其案件已撤销，一条诉求只立一个案件，请另行补充诉求。',
  },
  'demand.caseDecides': {
    kind: 'illegalState',
    en: '{field} is decided by the case that the demand has opened; change it there.',
    zh: '{field} 由该诉求的案件决定，请在案件中更改。',
  },
  'demand.caseKind': {
    kind: 'invalid',
    en: '{field} is required when the disposition is CASE, and only then.',
    zh: '处置为立案办理时须填写 {field}，其他情况不填。',
  },
  'demand.outcome': {
    kind: 'invalid',
    en: '{field} is required when the disposition is {disposition}: say how it was settled, or whose receipt there is.',
    zh: '处置为 {disposition} 时须填写 {field}：说明如何解决，或留存回执。',
  },
});
