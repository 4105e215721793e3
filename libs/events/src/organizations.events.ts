import { z } from 'zod';
import { code, day, defineEvent, defineRecord, id, ownId, period } from './event-contract.ts';

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

/** What others copy of a contact scheme: who may be a contactor, by facts of the day asked about, and of what. */
export const contactSchemeRecord = defineRecord({
  context: 'organizations',
  aggregate: 'contactScheme',
  schema: z.strictObject({
    id: ownId,
    code: code('代码 · Code of the scheme.', 'bureau-subdistrict'),
    versions: z
      .array(
        z.strictObject({
          number: z
            .int()
            .positive()
            .describe(
              '版本 · Its version, from 1; the same in each stretch where organizations that it names are taken over.',
            ),
          contactor: z
            .strictObject({
              kind: z.enum(['CADRE', 'ORGANIZATION']).describe('类别 · Cadres or organizations.'),
              ranks: z
                .array(code('职级 · A value of CadreRank in the graph.', 'BUREAU'))
                .optional()
                .describe('职级 · Ranks of cadres.'),
              organizationKinds: z
                .array(code('单位类别 · A value of OrganizationKind in the graph.', 'LEADING_BODY'))
                .optional()
                .describe('单位类别 · Kinds of the organization, or of one where the cadre has a post.'),
              organizationIds: z
                .array(id)
                .optional()
                .describe('特定单位 · Organizations: the contactor, or where the cadre has a post.'),
              memberships: z
                .array(z.enum(['PARTY', 'LEAGUE']))
                .optional()
                .describe('政治面貌 · Of which a cadre must be a member, one of them at least.'),
              atTarget: z.boolean().optional().describe('本街镇 · True where the post is in the place of the target.'),
            })
            .describe('联系主体 · Who may be a contactor; what is absent is not asked for.'),
          targetKinds: z
            .array(code('对象类别 · A value of OrganizationKind in the graph.', 'SUBDISTRICT'))
            .describe('对象类别 · Kinds of organization that are contacted; none where households are.'),
          liaisons: z
            .strictObject({
              min: z.int().nonnegative().describe('最少 · At least.'),
              max: z.int().nonnegative().describe('最多 · At most.'),
            })
            .optional()
            .describe('联络员 · How many liaisons a contact needs; absent where none is asked for.'),
          ...period,
        }),
      )
      .describe('版本 · Every version with its days.'),
  }),
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

export const organizationLocated = defineEvent({
  ...organization,
  name: 'located',
  data: z.strictObject({
    on: day.describe('生效日 · First day of the new centre or outline; it may lie ahead.'),
    record: organizationAfter,
  }),
  when: 'An organization takes another centre or outline from a day on.',
  why: 'Whoever draws maps reads the new one; history keeps the old.',
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
  record: contactSchemeRecord.schema.optional().describe('记录 · The scheme as it is afterwards.'),
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
    record: contactSchemeRecord.schema.optional().describe('记录 · The scheme as it is afterwards.'),
  }),
  when: 'A contact scheme ends.',
  why: 'It asks nothing from that day on.',
});

export const contactSchemeFollowed = defineEvent({
  ...contactScheme,
  name: 'followed',
  data: z.strictObject({
    code: code('代码 · Code of the scheme.', 'bureau-subdistrict'),
    on: day.describe('生效日 · Since which day its rule names the successor; never one that lies ahead.'),
    record: contactSchemeRecord.schema.describe('记录 · The scheme as it is afterwards.'),
  }),
  when: 'The day has come on which an organization that a rule of the scheme names is taken over.',
  why: 'Whoever derives from the rule who may contact goes by the successor from that day on.',
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
