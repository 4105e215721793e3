import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, instant, ownId, period } from './event-contract.ts';

/** What others copy of an organization: its kind, and its path in the tree for access by place. */
export const organizationRecord = defineRecord({
  context: 'organizations',
  aggregate: 'organization',
  schema: z.strictObject({
    id: ownId,
    code: code('代码 · Official or local code.', '310110021'),
    kind: code('类型 · A value of OrganizationKind in the graph.', 'SUBDISTRICT'),
    sector: code('党支部领域 · Of a party branch: a value of BranchSector in the graph.', 'COMMUNITY').optional(),
    parentId: id.optional().describe('上级 · The organization above, today; absent for a root.'),
    path: z.array(id).describe('路径 · Ids from the root of its tree down to itself.'),
    status: z.enum(['ACTIVE', 'MERGED', 'DISSOLVED']).describe('状态 · Whether it exists now.'),
    ...period,
  }),
});

/** What others copy of a contact assignment. */
export const contactAssignmentRecord = defineRecord({
  context: 'organizations',
  aggregate: 'contactAssignment',
  schema: z.strictObject({
    id: ownId,
    scheme: code('联系制度 · Code of the contact scheme.', 'bureau-subdistrict'),
    contactorKind: z.enum(['CADRE', 'ORGANIZATION']).describe('联系人类别 · What contactorIds are ids of.'),
    contactorIds: z.array(id).describe('联系人 · Who contacts.'),
    targetId: id.describe('联系对象 · The organization that is contacted, or the patch of residential areas.'),
    targetKind: z
      .enum(['ORGANIZATION', 'PATCH'])
      .optional()
      .describe('对象类别 · What targetId is an id of; an organization when absent.'),
    liaisonIds: z.array(id).describe('联络员 · Cadres who go along.'),
    ...period,
  }),
});

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

const organization = { context: 'organizations', aggregate: 'organization' } as const;
const organizationAfter = organizationRecord.schema.describe('记录 · The organization as it is afterwards.');
const organizationChanged = z.strictObject({ record: organizationAfter });

export const organizationCreated = defineEvent({
  ...organization,
  name: 'created',
  data: organizationChanged,
  when: 'An organization comes into being.',
  why: 'It can be contacted, hold posts and own cases.',
});
export const organizationImported = defineEvent({
  ...organization,
  name: 'imported',
  data: organizationChanged,
  when: 'A register brings an organization in, or brings changes of one in.',
  why: 'Copies of the tree follow the register.',
});
export const organizationRenamed = defineEvent({
  ...organization,
  name: 'renamed',
  data: z.strictObject({ on: day.describe('生效日 · First day of the new name.'), record: organizationAfter }),
  when: 'An organization takes another name from a day on.',
  why: 'Whoever shows names reads the new one; history keeps the old.',
});

const successorFacts = {
  successorId: id.describe('承继者 · Who takes over.'),
  residentialAreaIds: z.array(id).describe('划转居民区 · The residential areas that move to it.'),
};
const effectiveOn = day.describe('生效日 · First day on which it is so; it may lie ahead.');
export const organizationMoved = defineEvent({
  ...organization,
  name: 'moved',
  data: z.strictObject({
    tree: z.enum(['TERRITORY', 'FUNCTION']).describe('组织树 · In which tree.'),
    parentId: id.optional().describe('上级 · Under which it stands from then on; absent for none.'),
    on: effectiveOn,
    record: organizationAfter,
  }),
  when: 'An organization is put under another one from a day on, or under none.',
  why: 'Places, and what stands in them, follow.',
});
export const organizationPathChanged = defineEvent({
  ...organization,
  name: 'pathChanged',
  data: organizationChanged,
  when: 'Something above an organization has moved, so that its path has changed; or a change dated ahead has come true.',
  why: 'Copies of the tree follow: access by place rests on the path.',
});
export const organizationSplit = defineEvent({
  ...organization,
  name: 'split',
  data: z.strictObject({
    on: effectiveOn,
    continues: z.boolean().describe('存续 · Whether the rest goes on.'),
    parts: z.array(z.strictObject(successorFacts)).describe('划转 · Who takes over what.'),
    record: organizationAfter,
  }),
  when: 'Parts of an organization go to others on a day.',
  why: 'Posts, contacts, grids and open cases of these parts follow.',
});
export const organizationMerged = defineEvent({
  ...organization,
  name: 'merged',
  data: z.strictObject({ on: effectiveOn, ...successorFacts, record: organizationAfter }),
  when: 'An organization ends and another one takes it over whole.',
  why: 'Posts, contacts, grids and open cases follow to the successor; history keeps the old name.',
});
export const organizationDissolved = defineEvent({
  ...organization,
  name: 'dissolved',
  data: z.strictObject({ on: effectiveOn, record: organizationAfter }),
  when: 'An organization ends without a successor.',
  why: 'Nothing can be given to it from that day on.',
});

export const organizationSucceeded = defineEvent({
  ...organization,
  name: 'succeeded',
  data: z.strictObject({
    on: day.describe('生效日 · Since which day it is so; never one that lies ahead.'),
    heirId: id
      .optional()
      .describe('主要承继者 · Who goes on for it in whatever no part names; absent while it goes on itself.'),
    parts: z.array(z.strictObject(successorFacts)).describe('划转 · Who has taken over what.'),
    record: organizationAfter,
  }),
  when: 'The day has come on which others take over an organization or parts of it; told once, whenever it was decided.',
  why: 'Grids, posts and open cases follow on this day, without keeping a diary of what lies ahead.',
});

const contactScheme = { context: 'organizations', aggregate: 'contactScheme' } as const;
const schemeVersion = z.strictObject({
  code: code('代码 · Code of the scheme.', 'bureau-subdistrict'),
  version: z.int().positive().describe('版本 · Its version, from 1.'),
  validFrom: day.describe('生效日 · First day of this version.'),
});

export const contactSchemeCreated = defineEvent({
  ...contactScheme,
  name: 'created',
  data: schemeVersion,
  when: 'A contact scheme is created.',
  why: 'Assignments can be made under it.',
});
export const contactSchemeImported = defineEvent({
  ...contactScheme,
  name: 'imported',
  data: schemeVersion,
  when: 'A contact scheme is brought in, or a version of it.',
  why: 'Duties of later days follow the latest version.',
});

export const contactSchemeRevised = defineEvent({
  ...contactScheme,
  name: 'revised',
  data: schemeVersion,
  when: 'A contact scheme says something else from a day on.',
  why: 'Duties of later days follow the new version.',
});
export const contactSchemeRetired = defineEvent({
  ...contactScheme,
  name: 'retired',
  data: z.strictObject({
    code: code('代码 · Code of the scheme.', 'bureau-subdistrict'),
    on: day.describe('终止日 · First day on which it no longer holds.'),
  }),
  when: 'A contact scheme ends.',
  why: 'It asks nothing from that day on.',
});

const contactAssignment = { context: 'organizations', aggregate: 'contactAssignment' } as const;
const assignmentAfter = contactAssignmentRecord.schema.describe('记录 · The assignment as it is afterwards.');
const assignmentChanged = z.strictObject({ record: assignmentAfter });

export const contactAssignmentMade = defineEvent({
  ...contactAssignment,
  name: 'made',
  data: assignmentChanged,
  when: 'Contactors are fixed to a target.',
  why: 'Duties fall due from now on.',
});
export const contactAssignmentImported = defineEvent({
  ...contactAssignment,
  name: 'imported',
  data: assignmentChanged,
  when: 'A register brings an assignment in, or brings changes of one in.',
  why: 'Copies of assignments follow the register.',
});
export const contactAssignmentEnded = defineEvent({
  ...contactAssignment,
  name: 'ended',
  data: z.strictObject({
    on: day.describe('终止日 · First day on which it no longer holds.'),
    reason: code('原因 · Why, as a code; never a text.', 'CONTACTOR_DEPARTED').regex(/^[A-Z][A-Z_]{0,39}$/),
    record: assignmentAfter,
  }),
  when: 'An assignment ends.',
  why: 'The target may be uncovered; later duties vanish.',
});

export const contactAssignmentHandoverOffered = defineEvent({
  ...contactAssignment,
  name: 'handoverOffered',
  data: z.strictObject({
    successorId: id.describe('接收人 · Who is to answer for it, once they accept.'),
    record: assignmentAfter,
  }),
  when: 'An assignment is offered to a successor.',
  why: 'The successor looks through it and accepts; until then nothing changes hands.',
});

export const contactAssignmentHandoverClosed = defineEvent({
  ...contactAssignment,
  name: 'handoverClosed',
  data: z.strictObject({
    successorId: id.describe('接收人 · Who was to answer for it.'),
    as: z.enum(['DECLINED', 'WITHDRAWN']).describe('方式 · By the successor, or by whoever offered it.'),
    record: assignmentAfter,
  }),
  when: 'An offer of an assignment is declined or withdrawn.',
  why: 'Whoever holds the assignment goes on holding it, and it can be offered to somebody else.',
});

export const contactAssignmentLiaisonsChanged = defineEvent({
  ...contactAssignment,
  name: 'liaisonsChanged',
  data: assignmentChanged,
  when: 'Other cadres go along under an assignment from now on.',
  why: 'Whoever plans visits plans for them; a missing liaison is a gap.',
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
    targetId: id.describe('走访对象 · The organization where it took place.'),
    demands: z.array(demandFacts).describe('诉求 · Those that were added or changed, as they are afterwards.'),
    withdrawnDemandIds: z
      .array(id)
      .describe('撤销 · Demands that were a case and are none any more: taken away, or otherwise disposed of.'),
  }),
  when: 'Who recorded an activity, or took part in it, corrects the record; or a question that was asked there becomes a demand.',
  why: 'A demand that became a case opens exactly one; one that is none any more withdraws its case, if it is open.',
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
    cadreId: id.optional().describe('责任人 · Who owes it; nobody when no cadre heard it.'),
    owedFrom: day.describe('起 · The day on which the case was closed.'),
    dueOn: day.describe('期限 · Last day on which the person is told in time.'),
  }),
  when: 'A case that came from an activity is closed.',
  why: 'Whoever heard the demand tells the person what came of it.',
});
export const tellBackTold = defineEvent({
  ...tellBack,
  name: 'told',
  data: z.strictObject({
    ...tellBackFacts,
    cadreId: id.optional().describe('反馈人 · The cadre who told the person; absent for others.'),
    on: day.describe('反馈日 · When the person was told.'),
    late: z.boolean().describe('逾期 · Whether it was due before.'),
  }),
  when: 'The person behind a demand is told what came of it.',
  why: 'The rate of tell-back counts those told in time.',
});

const duty = { context: 'organizations', aggregate: 'duty' } as const;
const dutyFacts = {
  dutyId: id.describe('任务 · The duty; also the key.'),
  owedUnder: z
    .enum(['ASSIGNMENT', 'ASSISTANCE', 'TELL_BACK'])
    .optional()
    .describe('来源 · What assignmentId is the id of; absent for ASSIGNMENT in events of the first days.'),
  assignmentId: id.describe('定点联系 · What owes it: the assignment, the paired assistance or the tell-back.'),
  contactorId: id.describe('联系主体 · Who answers for it: a cadre or an organization.'),
  substituteId: id.optional().describe('代理人 · The cadre who stands in, if the contactor is away when it closes.'),
  targetId: id.describe('联系对象 · Towards whom it is owed: an organization, or the household of an assistance.'),
  scheme: code('联系制度 · Code of the contact scheme.', 'bureau-subdistrict'),
  schemeVersion: z.int().positive().describe('制度版本 · Version of the scheme that made it.'),
  dutyCode: code('任务规则 · Code of the scheme’s duty rule.', 'visit'),
  windowStart: day.describe('起 · First day of its window.'),
  windowEnd: day.describe('止 · Last day of its window.'),
};

export const dutyFulfilled = defineEvent({
  ...duty,
  name: 'fulfilled',
  data: z.strictObject({
    ...dutyFacts,
    state: z
      .enum(['FULFILLED', 'LATE', 'SUBSTITUTED'])
      .describe('结果 · In time, after its window, or in time by who stood in.'),
    on: day.describe('完成日 · When it was kept.'),
    activityId: id.optional().describe('走访 · The activity that fulfilled it.'),
    homeVisitId: id.optional().describe('上门走访 · The care visit that fulfilled it.'),
  }),
  when: 'A duty was kept, in time or late; one that was told as missed may still be.',
  why: 'The fact enters the assessment ledger of those concerned.',
});
export const dutyReopened = defineEvent({
  ...duty,
  name: 'reopened',
  data: z.strictObject({
    dutyId: dutyFacts.dutyId,
    owedUnder: dutyFacts.owedUnder,
    assignmentId: dutyFacts.assignmentId,
  }),
  when: 'An amendment took back what was recorded to have kept a duty: it is owed again, and told again once it is kept or missed.',
  why: 'The fact that it was kept leaves the assessment ledger.',
});
export const dutyMissed = defineEvent({
  ...duty,
  name: 'missed',
  data: z.strictObject(dutyFacts),
  when: 'The window of a duty closed, and it was neither kept nor excused.',
  why: 'The fact enters the assessment ledger of those concerned.',
});
export const dutyExcused = defineEvent({
  ...duty,
  name: 'excused',
  data: z.strictObject(dutyFacts),
  when: 'A duty was excused; the reason stays where it was given.',
  why: 'It leaves the denominator of rates, and is shown beside them.',
});
