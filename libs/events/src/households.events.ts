import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, instant, ownId, period } from './event-contract.ts';
import { demandFacts } from './organizations-activities.events.ts';

/** What others copy of a household: where it belongs, not where it lives. */
export const householdRecord = defineRecord({
  context: 'households',
  aggregate: 'household',
  schema: z.strictObject({
    id: ownId,
    code: code('户号 · Code of the household.', '310110021001-03-0042'),
    residentialAreaId: id.describe('居民区 · Its residential area.'),
    gridId: id.describe('责任网格 · Its grid.'),
  }),
});

/** What others copy of a paired assistance. */
export const pairedAssistanceRecord = defineRecord({
  context: 'households',
  aggregate: 'pairedAssistance',
  schema: z.strictObject({
    id: ownId,
    cadreId: id.describe('帮扶干部 · The party cadre who is responsible.'),
    householdId: id.describe('家庭 · The household.'),
    residentialAreaId: id.describe('居民区 · Where the household lives.'),
    ...period,
  }),
});

export const householdImported = defineEvent({
  context: 'households',
  aggregate: 'household',
  name: 'imported',
  data: z.strictObject({ record: householdRecord.schema.describe('记录 · The household as it is afterwards.') }),
  when: 'A register brings a household in, or brings changes of one in.',
  why: 'Cases and visits can be placed in the right grid and area.',
});

export const householdPlaced = defineEvent({
  context: 'households',
  aggregate: 'household',
  name: 'placed',
  data: z.strictObject({
    fromId: id.describe('原居民区 · The residential area that was taken over.'),
    on: day.describe('生效日 · Since which day.'),
    record: householdRecord.schema.describe('记录 · The household as it is afterwards.'),
  }),
  when: 'The residential area of a household has been taken over by another one.',
  why: 'Cases and visits go on in the successor; what was before keeps the old area.',
});

const assistance = { context: 'households', aggregate: 'pairedAssistance' } as const;
const assistanceAfter = pairedAssistanceRecord.schema.describe('记录 · The assistance as it is afterwards.');
const assistanceChanged = z.strictObject({ record: assistanceAfter });

export const pairedAssistanceStarted = defineEvent({
  ...assistance,
  name: 'started',
  data: assistanceChanged,
  when: 'A party cadre takes on a hardship household that consents, or goes on with one whom they left by a mistake.',
  why: 'A monthly care visit falls due.',
});
export const pairedAssistanceImported = defineEvent({
  ...assistance,
  name: 'imported',
  data: assistanceChanged,
  when: 'A register brings a paired assistance in, or brings changes of one in.',
  why: 'Copies follow the register.',
});
export const pairedAssistancePlaced = defineEvent({
  ...assistance,
  name: 'placed',
  data: assistanceChanged,
  when: 'The residential area of an assisted household has been taken over by another one.',
  why: 'Whoever counts coverage by place counts it in the successor.',
});
export const pairedAssistanceEnded = defineEvent({
  ...assistance,
  name: 'ended',
  data: z.strictObject({
    on: day.describe('终止日 · First day on which it no longer holds.'),
    reason: code('原因 · A value of AssistanceEndReason in the graph.', 'HELPER_LEFT').regex(/^[A-Z][A-Z_]{0,39}$/),
    record: assistanceAfter,
  }),
  when: 'A paired assistance ends.',
  why: 'The household may be uncovered; later care visits vanish.',
});

export const homeVisitRecorded = defineEvent({
  context: 'households',
  aggregate: 'homeVisit',
  name: 'recorded',
  data: z.strictObject({
    homeVisitId: id.describe('上门走访 · The visit; also the key.'),
    heldAt: instant.describe('时间 · When it took place.'),
    householdId: id.describe('家庭 · The household that was visited.'),
    residentialAreaId: id.describe('居民区 · Its residential area.'),
    teamId: id.optional().describe('服务团队 · The team that went, if a team did.'),
    cadreIds: z.array(id).describe('干部 · The cadres who went.'),
    care: z.boolean().describe('看望 · Whether it was a care visit to an assisted household.'),
    demands: z.array(demandFacts).describe('诉求 · What was asked for, without its words.'),
  }),
  when: 'A team or a cadre records a visit at a door.',
  why: 'Each demand with disposition CASE opens exactly one case; a care visit fulfils its duty.',
});
export const homeVisitAmended = defineEvent({
  context: 'households',
  aggregate: 'homeVisit',
  name: 'amended',
  data: z.strictObject({
    homeVisitId: id.describe('上门走访 · The visit; also the key.'),
    heldAt: instant.describe('时间 · When it took place, as it is known now; the day stays.'),
    householdId: id.describe('家庭 · The household that was visited.'),
    residentialAreaId: id.describe('居民区 · Its residential area.'),
    cadreIds: z.array(id).describe('干部 · The cadres who went.'),
    care: z.boolean().describe('看望 · Whether it was a care visit to an assisted household, as it is known now.'),
    demands: z.array(demandFacts).describe('诉求 · Those that were added or changed, as they are afterwards.'),
    withdrawnDemandIds: z
      .array(id)
      .describe('撤销 · Demands that were a case and are none any more: taken away, or otherwise disposed of.'),
  }),
  when: 'Who recorded a home visit, or went there, corrects the record.',
  why: 'A demand that became a case opens exactly one, one that is none any more withdraws its case; the duty of a care visit is owed again or kept.',
});

export const homeVisitWithdrawn = defineEvent({
  context: 'households',
  aggregate: 'homeVisit',
  name: 'withdrawn',
  data: z.strictObject({
    homeVisitId: id.describe('上门走访 · The visit; also the key.'),
    householdId: id.describe('家庭 · The household of which it was said.'),
    residentialAreaId: id.describe('居民区 · Its residential area.'),
    withdrawnDemandIds: z.array(id).describe('撤销 · Its demands that were a case.'),
  }),
  when: 'A home visit did not take place, or was recorded twice.',
  why: 'It counts for nothing any more: duties that it kept are owed again, its open cases have nothing to answer.',
});

export const homeVisitCaseClosed = defineEvent({
  context: 'households',
  aggregate: 'homeVisit',
  name: 'caseClosed',
  data: z.strictObject({
    homeVisitId: id.describe('上门走访 · The visit; also the key.'),
    demandId: id.describe('诉求 · What had been said there.'),
    caseId: id.describe('案件 · The case that was closed.'),
    areaId: id.describe('所在地 · The residential area or other organization it is about.'),
    cadreIds: z.array(id).describe('干部 · The cadres who heard it; none when a team without cadres went.'),
    closedAt: instant.describe('结案时间 · When it was closed.'),
  }),
  when: 'A case that came from a home visit is closed.',
  why: 'Whoever heard the demand owes to tell the person what came of it.',
});
