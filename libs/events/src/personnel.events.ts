import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, ownId, period } from './event-contract.ts';

/** What others copy of a cadre: rank, posts and membership decide eligibility; no name, no date of birth. */
export const cadreRecord = defineRecord({
  context: 'personnel',
  aggregate: 'cadre',
  schema: z.strictObject({
    id: ownId,
    staffNumber: code('工号 · Staff number.', 'YP000123'),
    status: z
      .enum(['ACTIVE', 'POSTED_AWAY', 'ON_LEAVE', 'RETIRED', 'DEPARTED'])
      .describe('状态 · Whether the cadre is in service now.'),
    ranks: z
      .array(
        z.strictObject({
          rank: z.enum(['BUREAU', 'DIVISION', 'SECTION', 'STAFF']).describe('级别 · The rank.'),
          ...period,
        }),
      )
      .describe('级别经历 · Every rank held, past ones too.'),
    posts: z
      .array(z.strictObject({ organizationId: id.describe('任职组织 · Where the post is.'), ...period }))
      .describe('任职 · Every post held, past ones too.'),
    partyMember: z.array(z.strictObject(period)).describe('党员身份 · Times of party membership.'),
    liaisonIds: z
      .array(z.strictObject({ cadreId: id.describe('联络员 · The liaison.'), ...period }))
      .describe('联络员 · Who goes out with this cadre, and when.'),
  }),
});

const record = cadreRecord.schema.describe('记录 · The cadre as it is afterwards.');
const cadre = { context: 'personnel', aggregate: 'cadre' } as const;

export const cadreRegistered = defineEvent({
  ...cadre,
  name: 'registered',
  data: z.strictObject({ record }),
  when: 'A cadre enters the register.',
  why: 'From now on this cadre can be appointed, assigned and counted.',
});

export const cadreImported = defineEvent({
  ...cadre,
  name: 'imported',
  data: z.strictObject({ record }),
  when: 'A register brings a cadre in, or brings changes of one in.',
  why: 'Copies of the cadre follow the register.',
});

export const cadrePosted = defineEvent({
  ...cadre,
  name: 'posted',
  data: z.strictObject({
    organizationId: id.describe('任职组织 · Where the post is.'),
    on: day.describe('到任日 · First day in the post.'),
    record,
  }),
  when: 'A cadre takes up a post.',
  why: 'Eligibility and queues follow the post.',
});

export const cadreDeparted = defineEvent({
  ...cadre,
  name: 'departed',
  data: z.strictObject({
    on: day.describe('离任日 · First day out of service.'),
    reason: z.enum(['RETIRED', 'DEPARTED']).describe('原因 · Retired, or left for another reason.'),
    record,
  }),
  when: 'A cadre retires or leaves the district’s service.',
  why: 'Their assignments end, the households they assist become uncovered, their open cases go back to the queue.',
});
