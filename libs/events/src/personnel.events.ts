import { z } from 'zod';
import { day, defineEvent, defineRecord, id, period } from './event-contract.ts';

/** What others copy of a cadre: rank, posts and membership decide eligibility; no name, no date of birth. */
export const cadreRecord = defineRecord({
  context: 'personnel',
  aggregate: 'cadre',
  schema: z.strictObject({
    id,
    staffNumber: z.string(),
    status: z.enum(['ACTIVE', 'POSTED_AWAY', 'ON_LEAVE', 'RETIRED', 'DEPARTED']),
    ranks: z.array(z.strictObject({ rank: z.enum(['BUREAU', 'DIVISION', 'SECTION', 'STAFF']), ...period })),
    posts: z.array(z.strictObject({ organizationId: id, ...period })),
    partyMember: z.array(z.strictObject(period)),
    liaisonIds: z.array(z.strictObject({ cadreId: id, ...period })),
  }),
});

const cadre = { context: 'personnel', aggregate: 'cadre' } as const;

export const cadreRegistered = defineEvent({
  ...cadre,
  name: 'registered',
  data: z.strictObject({ record: cadreRecord.schema }),
  when: 'A cadre enters the register.',
  why: 'From now on this cadre can be appointed, assigned and counted.',
});

export const cadreImported = defineEvent({
  ...cadre,
  name: 'imported',
  data: z.strictObject({ record: cadreRecord.schema }),
  when: 'A register brings a cadre in, or brings changes of one in.',
  why: 'Copies of the cadre follow the register.',
});

export const cadrePosted = defineEvent({
  ...cadre,
  name: 'posted',
  data: z.strictObject({ organizationId: id, on: day, record: cadreRecord.schema }),
  when: 'A cadre takes up a post.',
  why: 'Eligibility and queues follow the post.',
});

export const cadreDeparted = defineEvent({
  ...cadre,
  name: 'departed',
  data: z.strictObject({ on: day, reason: z.enum(['RETIRED', 'DEPARTED']), record: cadreRecord.schema }),
  when: 'A cadre retires or leaves the district’s service.',
  why: 'Their assignments end, the households they assist become uncovered, their open cases go back to the queue.',
});
