import { z } from 'zod';
import { defineEvent, defineRecord, id, instant } from './event-contract.ts';

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
    id,
    number: z.string(),
    state,
    demandId: id.optional(),
    source: z.strictObject({ kind: z.enum(['ACTIVITY', 'HOME_VISIT']), id }).optional(),
    categoryCode: z.string(),
    areaId: id,
    leadOrganizationId: id.optional(),
    holderCadreId: id.optional(),
    householdId: id.optional(),
    registeredAt: instant,
    closedAt: instant.optional(),
  }),
});

const aCase = { context: 'cases', aggregate: 'case' } as const;
const changed = z.strictObject({ record: caseRecord.schema });

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
  data: z.strictObject({ organizationId: id, dueAt: instant, record: caseRecord.schema }),
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
  data: z.strictObject({ closingCode: z.string(), record: caseRecord.schema }),
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
