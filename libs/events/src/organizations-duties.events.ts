import { z } from 'zod';
import { code, day, defineEvent, id } from './event-contract.ts';

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
