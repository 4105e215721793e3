import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, ownId, period } from './event-contract.ts';

const status = z.enum(['ACTIVE', 'POSTED_AWAY', 'ON_LEAVE', 'RETIRED', 'DEPARTED']);
/** Ranks of cadres, as `CadreRank` in the graph has them. */
export const CADRE_RANKS = ['BUREAU', 'DIVISION', 'SECTION', 'STAFF'] as const;
const rank = z.enum(CADRE_RANKS).describe('级别 · The rank.');
const organizationId = id.describe('任职组织 · Where the post is.');

/** What others copy of a cadre: rank, posts and membership decide eligibility; no name, no date of birth, no reason. */
export const cadreRecord = defineRecord({
  context: 'personnel',
  aggregate: 'cadre',
  schema: z.strictObject({
    id: ownId,
    staffNumber: code('工号 · Staff number.', 'YP000123'),
    status: status.describe('状态 · Status on the day of the event; for other days ask statuses.'),
    ranks: z.array(z.strictObject({ rank, ...period })).describe('级别经历 · Every rank held, past ones too.'),
    posts: z
      .array(
        z.strictObject({
          organizationId,
          ...period,
          temporary: z.boolean().optional().describe('挂职 · True for a temporary posting beside the own post.'),
          succeeds: id
            .optional()
            .describe(
              '承继自 · The organization whose post goes on here, since it was taken over that day; absent for any other post.',
            ),
        }),
      )
      .describe('任职 · Every post held, past ones too.'),
    partyMember: z.array(z.strictObject(period)).describe('党员身份 · Times of party membership.'),
    leagueMember: z
      .array(z.strictObject(period))
      .optional()
      .describe('团员身份 · Times of Youth League membership; absent when the record was told without.'),
    liaisonIds: z
      .array(z.strictObject({ cadreId: id.describe('联络员 · The liaison.'), ...period }))
      .describe('联络员 · Who goes out with this cadre, and when.'),
    statuses: z
      .array(z.strictObject({ status: status.describe('状态 · The status.'), ...period }))
      .optional()
      .describe('状态经历 · Every status with its days, changes that lie ahead included.'),
    absences: z
      .array(
        z.strictObject({
          id: id.describe('离岗标识 · Id of the absence.'),
          substituteId: id.optional().describe('代理人 · The cadre who stands in; nobody when absent.'),
          ...period,
        }),
      )
      .optional()
      .describe('离岗 · Periods away, each with who takes over the duties and the queue.'),
  }),
});

const cadre = { context: 'personnel', aggregate: 'cadre' } as const;
const liaisonId = id.describe('联络员 · The liaison.');
const absenceId = id.describe('离岗标识 · Id of the absence.');
const substituteId = id.optional().describe('代理人 · The cadre who stands in; nobody when absent.');
const record = cadreRecord.schema.describe('记录 · The cadre as it is afterwards.');
const on = day.describe('生效日 · First day on which it holds.');

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
  data: z.strictObject({ organizationId, on, record }),
  when: 'A cadre is given a post, which may begin on a day to come; or a post goes on at whoever took its organization over.',
  why: 'Eligibility and queues follow the post.',
});

export const cadreRanked = defineEvent({
  ...cadre,
  name: 'ranked',
  data: z.strictObject({ rank, on, record }),
  when: 'A cadre is given another rank; it may begin on a day to come.',
  why: 'Who may contact whom, and who may be a liaison, goes by rank.',
});

export const cadreMembershipChanged = defineEvent({
  ...cadre,
  name: 'membershipChanged',
  data: z.strictObject({
    kind: z.enum(['PARTY', 'LEAGUE']).describe('类别 · Party or Youth League.'),
    on,
    member: z.boolean().describe('加入 · True when joining, false when leaving.'),
    record,
  }),
  when: 'A cadre joins or leaves the Party or the Youth League.',
  why: 'Paired assistance, delegates and some contact schemes ask for members.',
});

export const cadreLeaveGranted = defineEvent({
  ...cadre,
  name: 'leaveGranted',
  data: z.strictObject({ ...period, record }),
  when: 'A cadre is granted leave for a time; it may lie ahead.',
  why: 'Nothing new is given to somebody on leave.',
});

export const cadreLeaveEnded = defineEvent({
  ...cadre,
  name: 'leaveEnded',
  data: z.strictObject({ on, record }),
  when: 'A leave ends earlier than it was granted for, or one without an end is over.',
  why: 'The cadre can be counted on again.',
});

export const cadrePostedAway = defineEvent({
  ...cadre,
  name: 'postedAway',
  data: z.strictObject({ organizationId, ...period, record }),
  when: 'A cadre is posted to another organization for a time.',
  why: 'They are not at their own post meanwhile.',
});

export const cadreReturned = defineEvent({
  ...cadre,
  name: 'returned',
  data: z.strictObject({ on, record }),
  when: 'A temporary posting ends earlier than it was planned to.',
  why: 'The cadre is back at their own post.',
});

export const cadreDeparted = defineEvent({
  ...cadre,
  name: 'departed',
  data: z.strictObject({
    on,
    reason: z.enum(['RETIRED', 'DEPARTED']).describe('原因 · Retired, or left for another reason.'),
    record,
  }),
  when: 'It is settled that a cadre retires or leaves the district’s service, on a day that may lie ahead.',
  why: 'From that day their assignments end, the households they assist are uncovered, their open cases go back to the queue.',
});

export const cadreDepartureTakenBack = defineEvent({
  ...cadre,
  name: 'departureTakenBack',
  data: z.strictObject({ on: day.describe('原定生效日 · The day on which the cadre was to have left.'), record }),
  when: 'A retirement or departure was recorded by mistake, or with a wrong day or reason; what is right then follows as cadre.departed.',
  why: 'The cadre can be counted on again; what ended by it and nobody else was given goes on (contacts, assistance, who goes along, cases held); the rest shows as a gap.',
});

export const cadreWithdrawn = defineEvent({
  ...cadre,
  name: 'withdrawn',
  data: z.strictObject({ on: day.describe('起始日 · First day of what was on record.'), record }),
  when: 'A cadre who came into the register by mistake is taken out of it again; the record shows them as departed since the first day.',
  why: 'Whatever was given to them meanwhile ends, as if they had never served.',
});

export const cadreLiaisonAssigned = defineEvent({
  ...cadre,
  name: 'liaisonAssigned',
  data: z.strictObject({ liaisonId, ...period, record }),
  when: 'An office cadre is assigned to go out with a division-level cadre.',
  why: 'Whoever plans visits plans for both.',
});

export const cadreLiaisonReleased = defineEvent({
  ...cadre,
  name: 'liaisonReleased',
  data: z.strictObject({
    liaisonId,
    on,
    reason: z
      .enum(['RELEASED', 'CADRE_LEFT', 'LIAISON_LEFT', 'LIAISON_PROMOTED', 'LIAISON_MOVED'])
      .describe('原因 · Why the liaison no longer goes along.'),
    record,
  }),
  when: 'A liaison no longer goes out with a division-level cadre.',
  why: 'A cadre without a liaison is a gap.',
});

export const cadreAbsenceRecorded = defineEvent({
  ...cadre,
  name: 'absenceRecorded',
  data: z.strictObject({ absenceId, substituteId, ...period, record }),
  when: 'A cadre will be away, or is, from a day until a day.',
  why: 'The substitute takes over duties and queue for that time.',
});

export const cadreAbsenceEnded = defineEvent({
  ...cadre,
  name: 'absenceEnded',
  data: z.strictObject({ absenceId, on, record }),
  when: 'An absence ends earlier than it was recorded for; one that had not begun never takes place.',
  why: 'Duties and queue go back to the cadre on that day.',
});

export const cadreSubstituteChanged = defineEvent({
  ...cadre,
  name: 'substituteChanged',
  data: z.strictObject({
    absenceId: id.describe('离岗标识 · Id of the rest of the absence, from that day on.'),
    substituteId,
    on,
    record,
  }),
  when: 'Another cadre, or nobody, stands in for the rest of an absence.',
  why: 'Duties and queue go to the new substitute from that day.',
});

export const cadreExperienced = defineEvent({
  ...cadre,
  name: 'experienced',
  data: z.strictObject({
    experienceId: id.describe('经历标识 · Id of the period.'),
    organizationId: id.describe('单位 · Where it was served.'),
    kind: z.enum(['POSTING', 'ROTATION', 'TEMPORARY_POSTING']).describe('类别 · How it came about.'),
    ...period,
    record,
  }),
  when: 'A period at the grassroots is put on a cadre’s record.',
  why: 'The share of cadres without grassroots experience falls.',
});

const rotation = { context: 'personnel', aggregate: 'rotation' } as const;
const rotationFacts = {
  rotationId: id.describe('轮岗标识 · Id of the rotation.'),
  cadreId: id.describe('干部 · Who goes.'),
  organizationId: id.describe('单位 · Where.'),
};
const from = day.describe('起始日 · First day.');
const until = day.describe('终止日（不含） · First day without it.');

export const rotationPlanned = defineEvent({
  ...rotation,
  name: 'planned',
  data: z.strictObject({ ...rotationFacts, from, until }),
  when: 'A period of grassroots service is planned for a cadre.',
  why: 'The receiving organization can prepare.',
});

export const rotationBegun = defineEvent({
  ...rotation,
  name: 'begun',
  data: z.strictObject({ ...rotationFacts, on }),
  when: 'A cadre begins a rotation.',
  why: 'They serve at the grassroots from that day.',
});

export const rotationCompleted = defineEvent({
  ...rotation,
  name: 'completed',
  data: z.strictObject({ ...rotationFacts, from, until }),
  when: 'A cadre has completed a rotation.',
  why: 'It is a fact of assessment, and grassroots experience.',
});

export const rotationCancelled = defineEvent({
  ...rotation,
  name: 'cancelled',
  data: z.strictObject({
    ...rotationFacts,
    on,
    reason: z.enum(['PLAN_CHANGED', 'HEALTH', 'CADRE_LEFT', 'OTHER']).describe('原因 · Why.'),
  }),
  when: 'A planned or running rotation will not be completed.',
  why: 'The receiving organization need not wait.',
});

export const rotationResumed = defineEvent({
  ...rotation,
  name: 'resumed',
  data: z.strictObject({
    ...rotationFacts,
    from: from.describe('计划起始日 · First day as planned.'),
    until: until.describe('计划终止日（不含） · First day without it, as planned.'),
    begunOn: day.optional().describe('实际起始日 · Day on which it began; absent while it is planned only.'),
  }),
  when: 'The departure by which a rotation was cancelled is taken back, and the rotation goes on.',
  why: 'The receiving organization can count on the cadre again.',
});

/** What others copy of a public representative: what a rota of receptions needs; no name. */
export const publicRepresentativeRecord = defineRecord({
  context: 'personnel',
  aggregate: 'publicRepresentative',
  schema: z.strictObject({
    id: ownId,
    cadreId: id.optional().describe('干部 · The cadre who is this representative, if one is.'),
    kind: z.enum(['PARTY_DELEGATE', 'CONGRESS_DEPUTY', 'CPPCC_MEMBER']).describe('类别 · Delegate, deputy or member.'),
    level: z.enum(['MUNICIPAL', 'DISTRICT']).describe('层级 · Municipal or district.'),
    constituencyId: id.optional().describe('选区 · The organization whose people elected them, where there is one.'),
    ...period,
  }),
});

const representative = { context: 'personnel', aggregate: 'publicRepresentative' } as const;
const representativeRecord = publicRepresentativeRecord.schema.describe(
  '记录 · The representative as it is afterwards.',
);

export const publicRepresentativeRegistered = defineEvent({
  ...representative,
  name: 'registered',
  data: z.strictObject({
    previousId: id.optional().describe('前一任期 · The term that this one continues.'),
    record: representativeRecord,
  }),
  when: 'Somebody is elected or named for a term, or for another one.',
  why: 'They can be put on the rota of receptions and contact people.',
});

export const publicRepresentativeImported = defineEvent({
  ...representative,
  name: 'imported',
  data: z.strictObject({ record: representativeRecord }),
  when: 'A register brings a representative in, or brings changes of one in.',
  why: 'Copies follow the register.',
});

export const publicRepresentativeEnded = defineEvent({
  ...representative,
  name: 'ended',
  data: z.strictObject({
    on,
    reason: z.enum(['RESIGNED', 'RECALLED', 'MOVED_AWAY', 'DIED', 'OTHER']).describe('原因 · Why.'),
    record: representativeRecord,
  }),
  when: 'A term ends before its time.',
  why: 'Rotas and contacts after that day need somebody else.',
});
