import { z } from 'zod';
import { day, defineEvent, defineRecord, id, instant, period } from './event-contract.ts';

/** What others copy of an organization: its kind, and its path in the tree for access by place. */
export const organizationRecord = defineRecord({
  context: 'organizations',
  aggregate: 'organization',
  schema: z.strictObject({
    id,
    code: z.string(),
    kind: z.string(),
    sector: z.string().optional(),
    parentId: id.optional(),
    /** Ids from the root of its tree down to itself. */
    path: z.array(id),
    status: z.enum(['ACTIVE', 'MERGED', 'DISSOLVED']),
    ...period,
  }),
});

/** What others copy of a contact assignment. */
export const contactAssignmentRecord = defineRecord({
  context: 'organizations',
  aggregate: 'contactAssignment',
  schema: z.strictObject({
    id,
    scheme: z.string(),
    contactorKind: z.enum(['CADRE', 'ORGANIZATION']),
    contactorIds: z.array(id),
    targetId: id,
    liaisonIds: z.array(id),
    ...period,
  }),
});

/** A demand as events show it: what kind of thing was asked where, and what became of it; never its words. */
export const demandFacts = z.strictObject({
  demandId: id,
  disposition: z.enum(['SETTLED_ON_SPOT', 'OPINION', 'CASE', 'TRANSFERRED_OUT']),
  categoryCode: z.string(),
  /** Present when the disposition is CASE. */
  caseKind: z.enum(['ENQUIRY', 'SUGGESTION', 'HELP_REQUEST', 'COMPLAINT']).optional(),
  areaId: id,
  householdId: id.optional(),
});

const organization = { context: 'organizations', aggregate: 'organization' } as const;
const organizationChanged = z.strictObject({ record: organizationRecord.schema });

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
  data: z.strictObject({ on: day, record: organizationRecord.schema }),
  when: 'An organization takes another name from a day on.',
  why: 'Whoever shows names reads the new one; history keeps the old.',
});

const contactScheme = { context: 'organizations', aggregate: 'contactScheme' } as const;
const schemeVersion = z.strictObject({ code: z.string(), version: z.int().positive(), validFrom: day });

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

const contactAssignment = { context: 'organizations', aggregate: 'contactAssignment' } as const;
const assignmentChanged = z.strictObject({ record: contactAssignmentRecord.schema });

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
  data: z.strictObject({ on: day, reason: z.string().max(40), record: contactAssignmentRecord.schema }),
  when: 'An assignment ends.',
  why: 'The target may be uncovered; later duties vanish.',
});

export const activityRecorded = defineEvent({
  context: 'organizations',
  aggregate: 'activity',
  name: 'recorded',
  data: z.strictObject({
    activityId: id,
    kind: z.string(),
    heldAt: instant,
    targetId: id,
    contactorIds: z.array(id),
    assignmentId: id.optional(),
    demands: z.array(demandFacts),
  }),
  when: 'Somebody records what took place: a visit, a report heard, a conditions review, a reception, a dialogue.',
  why: 'Each demand with disposition CASE opens exactly one case.',
});
