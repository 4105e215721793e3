import { z } from 'zod';
import { code, day, defineEvent, id, instant } from './event-contract.ts';

/** A demand as events show it: what kind of thing was asked where, and what became of it; never its words. */
export const demandFacts = z.strictObject({
  demandId: id.describe('诉求 · The demand.'),
  disposition: z
    .enum(['SETTLED_ON_SPOT', 'OPINION', 'CASE', 'TRANSFERRED_OUT'])
    .describe('处置 · What became of it: exactly one of these.'),
  categoryCode: code('类别 · Code of its category.', 'roads.manhole'),
  caseKind: z
    .enum(['ENQUIRY', 'SUGGESTION', 'HELP_REQUEST', 'COMPLAINT'])
    .optional()
    .describe('案件类型 · What kind of answer is asked for; present when the disposition is CASE.'),
  areaId: id.describe('所在地 · The residential area or other organization it is about.'),
  householdId: id.optional().describe('家庭 · The household it is about, if it is about one.'),
});

export const activityRecorded = defineEvent({
  context: 'organizations',
  aggregate: 'activity',
  name: 'recorded',
  data: z.strictObject({
    activityId: id.describe('走访 · The activity; also the key.'),
    kind: code('类型 · A value of ActivityKind in the graph.', 'GRASSROOTS_VISIT'),
    heldAt: instant.describe('时间 · When it took place.'),
    targetId: id.describe('走访对象 · The organization where it took place.'),
    contactorIds: z.array(id).describe('参加人 · The cadres who took part.'),
    assignmentId: id.optional().describe('定点联系 · The assignment it was made under, if any.'),
    demands: z.array(demandFacts).describe('诉求 · What was asked for, without its words.'),
  }),
  when: 'Somebody records what took place: a visit, a report heard, a conditions review, a reception, a dialogue.',
  why: 'Each demand with disposition CASE opens exactly one case.',
});

export const activityAmended = defineEvent({
  context: 'organizations',
  aggregate: 'activity',
  name: 'amended',
  data: z.strictObject({
    activityId: id.describe('走访 · The activity; also the key.'),
    kind: code('类型 · A value of ActivityKind in the graph.', 'GRASSROOTS_VISIT'),
    heldAt: instant.describe('时间 · When it took place, as it is known now.'),
    targetId: id.describe('走访对象 · The organization where it took place, as it is known now.'),
    contactorIds: z
      .array(id)
      .optional()
      .describe('参加人 · The cadres who took part, as it is known now; absent in older events.'),
    assignmentId: id
      .optional()
      .describe('定点联系 · The assignment that it is under now, if any; absent in older events.'),
    demands: z.array(demandFacts).describe('诉求 · Those that were added or changed, as they are afterwards.'),
    withdrawnDemandIds: z
      .array(id)
      .describe('撤销 · Demands that were a case and are none any more: taken away, or otherwise disposed of.'),
  }),
  when: 'Who recorded an activity, or took part in it, corrects the record; or a question that was asked there becomes a demand.',
  why: 'A demand that became a case opens exactly one; one that is none any more withdraws its case, if it is open.',
});

export const activityWithdrawn = defineEvent({
  context: 'organizations',
  aggregate: 'activity',
  name: 'withdrawn',
  data: z.strictObject({
    activityId: id.describe('走访 · The activity; also the key.'),
    kind: code('类型 · A value of ActivityKind in the graph.', 'GRASSROOTS_VISIT'),
    targetId: id.describe('走访对象 · The organization where it was said to have taken place.'),
    withdrawnDemandIds: z.array(id).describe('撤销 · Its demands that were a case.'),
  }),
  when: 'An activity did not take place, not on that day, or was recorded twice.',
  why: 'It counts for nothing any more: duties that it kept are owed again, its open cases have nothing to answer.',
});

const promise = { context: 'organizations', aggregate: 'promise' } as const;
const promiseId = id.describe('承诺 · The promise; also the key.');

export const promiseMade = defineEvent({
  ...promise,
  name: 'made',
  data: z.strictObject({
    promiseId,
    activityId: id.describe('走访 · Where it was given.'),
    cadreId: id.describe('承诺人 · Who promised.'),
    targetId: id.describe('对象 · The organization where it was given.'),
    madeOn: day.describe('承诺日 · When it was given.'),
    dueOn: day.describe('期限 · Last day on which it is kept in time; after it, it is broken until it is kept.'),
  }),
  when: 'A cadre promises, at an activity, to find out or do something by a day.',
  why: 'Open promises can be followed; what was said stays with the activity.',
});
export const promiseKept = defineEvent({
  ...promise,
  name: 'kept',
  data: z.strictObject({
    promiseId,
    cadreId: id.describe('承诺人 · Who promised.'),
    on: day.describe('兑现日 · When it was kept.'),
    late: z.boolean().describe('逾期 · Whether it was broken by then.'),
  }),
  when: 'A promise is kept.',
  why: 'Kept promises, and those kept late, are facts of assessment.',
});
export const promiseBroken = defineEvent({
  ...promise,
  name: 'broken',
  data: z.strictObject({
    promiseId,
    cadreId: id.describe('承诺人 · Who promised.'),
    dueOn: day.describe('期限 · Last day on which it would have been kept in time.'),
  }),
  when: 'The day of a promise has passed and it was not kept; it may still be, and is then told as kept late.',
  why: 'Broken promises are facts of assessment, and whoever promised is reminded.',
});

export const promiseAmended = defineEvent({
  ...promise,
  name: 'amended',
  data: z.strictObject({
    promiseId,
    activityId: id.describe('走访 · Where it was given.'),
    cadreId: id.describe('承诺人 · Who promised, as it is known now.'),
    targetId: id.describe('对象 · The organization where it was given, as it is known now.'),
    madeOn: day.describe('承诺日 · When it was given.'),
    dueOn: day.describe('期限 · Last day on which it is kept in time, as it is known now.'),
  }),
  when: 'The record of the activity is corrected, and with it a promise that is still open.',
  why: 'Whoever follows open promises has them right.',
});
export const promiseWithdrawn = defineEvent({
  ...promise,
  name: 'withdrawn',
  data: z.strictObject({ promiseId, cadreId: id.describe('承诺人 · Who was said to have promised.') }),
  when: 'The record of the activity is corrected: the promise was never given.',
  why: 'It is neither kept nor broken; nobody follows it any more.',
});

const question = { context: 'organizations', aggregate: 'question' } as const;
const questionFacts = {
  questionId: id.describe('提问 · The question; also the key.'),
  activityId: id.describe('活动 · The dialogue or microblog where it was asked.'),
  categoryCode: code('类别 · Code of its category.', 'roads.lighting'),
};

export const questionAnswered = defineEvent({
  ...question,
  name: 'answered',
  data: z.strictObject({
    ...questionFacts,
    cadreId: id.describe('答复人 · The cadre who answered.'),
    on: day.describe('答复日 · When it was answered.'),
    late: z.boolean().describe('逾期 · Whether its last day had passed.'),
  }),
  when: 'A question that was asked at a dialogue or on a microblog is answered, there or later.',
  why: 'Answers, and how soon they came, are facts of assessment.',
});
export const questionBecameDemand = defineEvent({
  ...question,
  name: 'becameDemand',
  data: z.strictObject({ ...questionFacts, demandId: id.describe('诉求 · The demand that it became.') }),
  when: 'A question was left unanswered: its time is over, or its host closed the dialogue.',
  why: 'Nothing that was asked is lost: activity.amended tells of the demand, from which a case opens.',
});

const tellBack = { context: 'organizations', aggregate: 'tellBack' } as const;
const tellBackFacts = {
  tellBackId: id.describe('反馈告知 · The tell-back; also the key.'),
  demandId: id.describe('诉求 · What the person had said.'),
  caseId: id.describe('案件 · The case that was closed.'),
};

export const tellBackOwed = defineEvent({
  ...tellBack,
  name: 'owed',
  data: z.strictObject({
    ...tellBackFacts,
    cadreId: id.optional().describe('责任人 · Who owes it; nobody when no cadre heard it, or none is left.'),
    organizationId: id
      .optional()
      .describe('责任单位 · The organization in charge, when no cadre is left whose it would be.'),
    owedFrom: day.describe('起 · The day on which the case was closed.'),
    dueOn: day.describe('期限 · Last day on which the person is told in time.'),
  }),
  when: 'A case that came from an activity is closed.',
  why: 'Whoever heard the demand tells the person what came of it.',
});
export const tellBackPassedOn = defineEvent({
  ...tellBack,
  name: 'passedOn',
  data: z.strictObject({
    ...tellBackFacts,
    fromCadreId: id.optional().describe('原责任人 · Whose it was; absent when it was an organization’s.'),
    cadreId: id.optional().describe('责任人 · Whose it is now, if a cadre’s.'),
    organizationId: id
      .optional()
      .describe('责任单位 · The organization in charge now, when no cadre is left whose it would be.'),
    on: day.describe('日期 · Since when.'),
    dueOn: day.describe('期限 · Last day on which the person is told in time; as it was.'),
  }),
  when: 'Whoever owed it has left, or the contact under which it was heard has changed hands.',
  why: 'Nothing heard is lost: whoever has it now sees it among their duties.',
});
export const tellBackTold = defineEvent({
  ...tellBack,
  name: 'told',
  data: z.strictObject({
    ...tellBackFacts,
    cadreId: id.optional().describe('反馈人 · The cadre who told the person; absent for others.'),
    as: z
      .enum(['WHO_HEARD_IT', 'SUCCESSOR', 'SUBSTITUTE', 'IN_CHARGE'])
      .optional()
      .describe('身份 · In what capacity they told it: a value of ToldThrough in the graph; absent for a callback.'),
    callbackId: id.optional().describe('回访 · The callback about the case that told the person, if one did.'),
    on: day.describe('反馈日 · When the person was told.'),
    late: z.boolean().describe('逾期 · Whether it was due before.'),
  }),
  when: 'The person behind a demand is told what came of it.',
  why: 'The rate of tell-back counts those told in time.',
});
