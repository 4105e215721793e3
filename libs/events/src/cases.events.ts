import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, instant, ownId } from './event-contract.ts';

const state = z.enum([
  'REGISTERED',
  'ACCEPTED',
  'NOT_ACCEPTED',
  'DISPATCHED',
  'SIGNED_FOR',
  'HANDLING',
  'SUSPENDED',
  'ANSWERED',
  'CALLBACK',
  'REWORK',
  'CLOSED',
  'MERGED',
  'LONG_TERM',
  'WITHDRAWN',
]);

/** What others copy of a case: where it came from, where it stands. */
export const caseRecord = defineRecord({
  context: 'cases',
  aggregate: 'case',
  schema: z.strictObject({
    id: ownId,
    number: code('编号 · Number that people see, per year.', '2018-000001'),
    state: state.describe('状态 · Where it stands.'),
    demandId: id.optional().describe('诉求 · The demand it answers; absent when it came from another system.'),
    source: z
      .strictObject({
        kind: z.enum(['ACTIVITY', 'HOME_VISIT']).describe('来源类别 · What id is the id of.'),
        id: id.describe('来源 · The visit that voiced it.'),
      })
      .optional()
      .describe('来源 · Where the demand was heard.'),
    categoryCode: code('类别 · Code of its category.', 'roads.manhole'),
    areaId: id.describe('所在地 · The residential area or other organization it is about.'),
    leadOrganizationId: id.optional().describe('主办单位 · The organization that leads.'),
    holderCadreId: id.optional().describe('经办人 · The cadre who holds it now.'),
    householdId: id.optional().describe('家庭 · The household it is about, if it is about one.'),
    registeredAt: instant.describe('登记时间 · When it was registered.'),
    closedAt: instant.optional().describe('结案时间 · When it was closed.'),
  }),
});

/** What others copy of a category of cases: what may be said of a demand. */
export const caseCategoryRecord = defineRecord({
  context: 'cases',
  aggregate: 'caseCategory',
  schema: z.strictObject({
    id: ownId,
    code: code('代码 · Code of the category.', 'roads.manhole'),
    parentCode: code('上级代码 · Code of the category above; absent at the top.', 'roads').optional(),
  }),
});

export const caseCategoryImported = defineEvent({
  context: 'cases',
  aggregate: 'caseCategory',
  name: 'imported',
  data: z.strictObject({ record: caseCategoryRecord.schema.describe('记录 · The category as it is afterwards.') }),
  when: 'The catalogue of categories is brought in, or brings changes in.',
  why: 'Whoever records a demand can be told at once that its category is none.',
});

const aCase = { context: 'cases', aggregate: 'case' } as const;
const record = caseRecord.schema.describe('记录 · The case as it is afterwards.');
const changed = z.strictObject({ record });

export const caseRegistered = defineEvent({
  ...aCase,
  name: 'registered',
  data: changed,
  when: 'A demand becomes a case.',
  why: 'The promise to the resident begins to run; the visit shows the number.',
});
export const caseImported = defineEvent({
  ...aCase,
  name: 'imported',
  data: changed,
  when: 'A case of another system, or of the past, is brought in.',
  why: 'Copies follow, and its demand shows it.',
});
export const caseAccepted = defineEvent({
  ...aCase,
  name: 'accepted',
  data: changed,
  when: 'The case is found to be one that the district must answer.',
  why: 'It can be dispatched.',
});
export const caseDispatched = defineEvent({
  ...aCase,
  name: 'dispatched',
  data: z.strictObject({
    organizationId: id.describe('承办单位 · To whom it was given.'),
    dueAt: instant.describe('期限 · When that organization must be done.'),
    record,
  }),
  when: 'The case is given to an organization.',
  why: 'That organization’s own clock begins; the promise to the resident runs on.',
});
export const caseSignedFor = defineEvent({
  ...aCase,
  name: 'signedFor',
  data: changed,
  when: 'The organization signs for the case.',
  why: 'It is the lead from now on.',
});
export const caseAnswered = defineEvent({
  ...aCase,
  name: 'answered',
  data: changed,
  when: 'The resident is given an answer.',
  why: 'The promise is kept or broken; the callback falls due.',
});
export const caseClosed = defineEvent({
  ...aCase,
  name: 'closed',
  data: z.strictObject({ closingCode: code('结案方式 · How it ended.', 'SOLVED'), record }),
  when: 'The case is concluded.',
  why: 'Whoever heard the demand tells the person; the facts enter the assessment.',
});
export const caseWithdrawn = defineEvent({
  ...aCase,
  name: 'withdrawn',
  data: changed,
  when: 'The demand behind the case is amended away.',
  why: 'Nothing needs to be answered any more; the number stays.',
});
export const casePassedOn = defineEvent({
  ...aCase,
  name: 'passedOn',
  data: z.strictObject({
    fromId: id.describe('原组织 · The organization that was taken over, whole or in parts.'),
    on: day.describe('生效日 · Since which day.'),
    record,
  }),
  when: 'The organization that leads an open case, or its place, has been taken over by another one.',
  why: 'The successor goes on with it under the same promise; the case’s history keeps who led it before.',
});
export const caseHolderLeft = defineEvent({
  ...aCase,
  name: 'holderLeft',
  data: z.strictObject({
    cadreId: id.describe('原经办人 · The cadre who held it.'),
    on: day.describe('日期 · Since which day nobody holds it.'),
    record,
  }),
  when: 'The cadre who holds an open case has left the district’s service, or no longer has a post in the organization that leads it.',
  why: 'It is in that organization’s queue again, under the same promise, until somebody of it takes it.',
});
export const caseHolderCameBack = defineEvent({
  ...aCase,
  name: 'holderCameBack',
  data: z.strictObject({
    cadreId: id.describe('经办人 · The cadre who holds it again.'),
    on: day.describe('日期 · Since which day.'),
    record,
  }),
  when: 'The departure of the cadre who held an open case is taken back, and nobody else was given the case meanwhile.',
  why: 'It is no longer in the organization’s queue; the promise ran on.',
});
export const caseCalledBack = defineEvent({
  ...aCase,
  name: 'calledBack',
  data: z.strictObject({
    callbackId: id.describe('回访 · The callback.'),
    on: day.describe('回访日 · When the person was asked.'),
    channel: z.enum(['PHONE', 'VISIT', 'MESSAGE', 'ONLINE']).describe('方式 · How.'),
    reached: z.boolean().describe('是否联系上 · Whether the person was reached; without that there are no answers.'),
    solved: z
      .enum(['SOLVED', 'PARTLY', 'NOT_SOLVED'])
      .optional()
      .describe('是否解决 · Whether the person finds that it was solved.'),
    contacted: z
      .boolean()
      .optional()
      .describe('是否联系过 · Whether whoever handled it had contacted them; absent when they did not say.'),
    treatedWell: z
      .boolean()
      .optional()
      .describe('态度是否良好 · Whether they were treated well; absent when they did not say.'),
    record,
  }),
  when: 'Somebody who has not handled the case asks the person behind it what came of it, or tries to.',
  why: 'The person’s view enters the assessment beside the unit’s; who was reached has been told, so a tell-back of the case is fulfilled.',
});
export const caseReopened = defineEvent({
  ...aCase,
  name: 'reopened',
  data: z.strictObject({ dueAt: instant.describe('期限 · When the rework must be done.'), record }),
  when: 'The person who was called back finds that it was not solved.',
  why: 'The organization works on it again under its own clock; the promise to the resident runs on.',
});
