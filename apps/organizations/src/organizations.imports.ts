import { v5 } from 'uuid';
import { z } from 'zod';
import {
  contactAssignmentImported,
  contactSchemeImported,
  organizationImported,
  type organizationRecord,
  type RecordOf,
} from '@frontline/events';
import { importBatch, importer, isDay, isInstant, sql, validOn, type Ctx, type Importer } from '@frontline/platform';
import { ActivityKind, CaseKind, Disposition } from './activity/activity-enums.ts';
import { Activity, ActivityParticipant, Demand } from './activity/activity.entity.ts';
import { BranchPairing } from './branch-pairing/branch-pairing.entity.ts';
import { ContactAssignment } from './contact-assignment/contact-assignment.entity.ts';
import {
  ContactorKind,
  ContactScheme,
  ContactSchemeVersion,
  DataSource,
  DayOffRule,
} from './contact-scheme/contact-scheme.entity.ts';
import { Duty } from './duty/duty.entity.ts';
import { isCreditCode } from './organization/credit-code.ts';
import { officialCodeProblem } from './organization/official-code.ts';
import {
  BranchSector,
  OrganizationKind,
  OrganizationStatus,
  OrganizationTree,
} from './organization/organization-enums.ts';
import {
  Organization,
  OrganizationName,
  OrganizationParent,
  OrganizationSuccession,
} from './organization/organization.entity.ts';
import { rebuildPaths } from './organization/organization-path.ts';

const id = z.uuid();
const day = z.string().refine(isDay, 'must be a day that exists, written YYYY-MM-DD');
const instant = z
  .string()
  .refine(isInstant, 'must be a time with its offset, such as 2018-08-17T09:30:00+08:00')
  .transform((text) => new Date(text));
const values = <V extends Record<string, string>>(object: V) => z.enum(Object.keys(object) as [keyof V & string]);
const period = { from: day, until: day.optional() };
const validity = ({ from, until }: { from: string; until?: string | undefined }) => ({
  validFrom: from,
  validTo: until ?? null,
});

const organizationLine = z
  .strictObject({
    id,
    code: z.string(),
    creditCode: z
      .string()
      .refine(isCreditCode, 'must be a unified social credit code with the right check character (GB 32100)')
      .optional(),
    kind: values(OrganizationKind),
    sector: values(BranchSector).optional(),
    names: z.array(z.strictObject({ zh: z.string().min(1), en: z.string().min(1), ...period })).min(1),
    parents: z.array(z.strictObject({ tree: values(OrganizationTree), parentId: id, ...period })).default([]),
    ...period,
    status: values(OrganizationStatus),
    location: z.tuple([z.number(), z.number()]).optional(),
    outline: z.array(z.array(z.tuple([z.number(), z.number()]))).optional(),
    residents: z.int().nonnegative().optional(),
    areaKm2: z.number().positive().optional(),
    successors: z
      .array(z.strictObject({ organizationId: id, on: day, residentialAreaIds: z.array(id).default([]) }))
      .default([]),
  })
  .superRefine(({ kind, code }, context) => {
    const problem = officialCodeProblem(kind, code);
    if (problem) context.addIssue({ code: 'custom', path: ['code'], message: problem });
  });

async function importOrganizations(ctx: Ctx, lines: z.output<typeof organizationLine>[]): Promise<void> {
  await importBatch(
    ctx,
    OrganizationName,
    lines.flatMap((line) =>
      line.names.map(({ zh, en, ...held }, at) => ({
        id: v5(`name:${at}`, line.id),
        organizationId: line.id,
        zh,
        en,
        ...validity(held),
      })),
    ),
  );
  await importBatch(
    ctx,
    OrganizationParent,
    lines.flatMap((line) =>
      line.parents.map(({ tree, parentId, ...held }, at) => ({
        id: v5(`parent:${at}`, line.id),
        organizationId: line.id,
        tree,
        parentId,
        ...validity(held),
      })),
    ),
  );
  await importBatch(
    ctx,
    OrganizationSuccession,
    lines.flatMap((line) =>
      line.successors.map(({ organizationId: successorId, on, residentialAreaIds }, at) => ({
        id: v5(`successor:${at}`, line.id),
        organizationId: line.id,
        successorId,
        residentialAreaIds,
        validFrom: on,
        validTo: null,
      })),
    ),
  );
  const parents = await currentParents(ctx);
  const rows = lines.map(
    ({
      id: organizationId,
      code,
      creditCode,
      kind,
      sector,
      status,
      location,
      outline,
      residents,
      areaKm2,
      from,
      until,
    }) => ({
      id: organizationId,
      code,
      creditCode: creditCode ?? null,
      kind,
      sector: sector ?? null,
      status,
      longitude: location?.[0] ?? null,
      latitude: location?.[1] ?? null,
      outline: outline ?? null,
      residents: residents ?? null,
      areaKm2: areaKm2 ?? null,
      ...validity({ from, until }),
    }),
  );
  const done = await importBatch(ctx, Organization, rows, {
    fact: (row) => organizationImported.of({ record: recordOf(row as (typeof rows)[number], parents) }),
  });
  if (done.inserted + done.updated > 0) await rebuildPaths(ctx);
}

/** Under what each organization known so far stands today, not after a change that lies ahead; the latest parent where two trees name one. */
async function currentParents(ctx: Ctx): Promise<Map<string, string>> {
  const { rows } = await sql<{ organization_id: string; parent_id: string }>`
    select distinct on (t.organization_id) t.organization_id, t.parent_id from organization_parent t
    order by t.organization_id, (${validOn('t', ctx.today())}) desc, t.valid_to desc nulls first, t.valid_from desc`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map((row) => [row.organization_id, row.parent_id]));
}

function recordOf(
  row: {
    id: string;
    code: string;
    kind: string;
    sector: string | null;
    status: 'ACTIVE' | 'MERGED' | 'DISSOLVED';
    validFrom: string;
    validTo: string | null;
  },
  parents: Map<string, string>,
): RecordOf<typeof organizationRecord> {
  const path = [row.id];
  for (let parent = parents.get(row.id); parent && !path.includes(parent); parent = parents.get(parent))
    path.unshift(parent);
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    status: row.status,
    from: row.validFrom,
    path,
    ...(row.sector && { sector: row.sector }),
    ...(path.length > 1 && { parentId: path.at(-2) as string }),
    ...(row.validTo && { until: row.validTo }),
  };
}

const dutyRule = z.strictObject({
  code: z.string(),
  activity: values(ActivityKind),
  recurrence: z.string(),
  windowDays: z.int().positive(),
  dayOffRule: values(DayOffRule),
  assumed: z.boolean().default(false),
});

const schemeLine = z.strictObject({
  id,
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  versions: z
    .array(
      z.strictObject({
        version: z.int().positive(),
        validFrom: day,
        contactor: z.strictObject({
          kind: values(ContactorKind),
          ranks: z.array(z.string()).optional(),
          organizationKinds: z.array(values(OrganizationKind)).optional(),
        }),
        target: z.looseObject({ kinds: z.array(values(OrganizationKind)) }),
        liaisons: z.strictObject({ min: z.int(), max: z.int() }).optional(),
        duties: z.array(dutyRule),
        source: values(DataSource),
        quote: z.string().optional(),
      }),
    )
    .min(1),
});

async function importSchemes(ctx: Ctx, lines: z.output<typeof schemeLine>[]): Promise<void> {
  await importBatch(
    ctx,
    ContactSchemeVersion,
    lines.flatMap(({ id: schemeId, versions }) =>
      versions.map(({ version, validFrom, contactor, target, liaisons, duties, source, quote }, at) => ({
        id: v5(`version:${version}`, schemeId),
        schemeId,
        number: version,
        validFrom,
        validTo: versions[at + 1]?.validFrom ?? null,
        contactor: contactor as ContactSchemeVersion['contactor'],
        targetKinds: target.kinds,
        liaisons: liaisons ?? null,
        duties,
        source,
        quote: quote ?? null,
      })),
    ),
  );
  const latest = new Map(lines.map((line) => [line.id, line.versions.at(-1) as (typeof line.versions)[number]]));
  await importBatch(
    ctx,
    ContactScheme,
    lines.map(({ id: schemeId, code, nameZh, nameEn }) => ({ id: schemeId, code, nameZh, nameEn })),
    {
      fact: (row) =>
        contactSchemeImported.of({
          code: row.code as string,
          version: latest.get(row.id)?.version ?? 1,
          validFrom: latest.get(row.id)?.validFrom ?? '',
        }),
    },
  );
}

const demandLine = z.strictObject({
  id,
  text: z.string(),
  disposition: values(Disposition),
  categoryCode: z.string(),
  caseKind: values(CaseKind).optional(),
  areaId: id,
  householdId: id.optional(),
  outcome: z.string().optional(),
});

const activityLine = z.strictObject({
  id,
  kind: values(ActivityKind),
  heldAt: instant,
  minutes: z.int().optional(),
  place: z.string().optional(),
  targetId: id,
  assignmentId: id.optional(),
  contactorIds: z.array(id),
  metCount: z.int().optional(),
  summary: z.string(),
  fulfils: z.array(id).default([]),
  demands: z.array(demandLine).default([]),
});

/** Past activities emit nothing: their cases are imported as well, and claim their demands. */
async function importActivities(ctx: Ctx, lines: z.output<typeof activityLine>[]): Promise<void> {
  await importBatch(
    ctx,
    Activity,
    lines.map(({ id: activityId, kind, heldAt, minutes, targetId, assignmentId, metCount, summary }) => ({
      id: activityId,
      kind,
      heldAt,
      minutes: minutes ?? null,
      targetId,
      assignmentId: assignmentId ?? null,
      metCount: metCount ?? null,
      summary,
    })),
  );
  await importBatch(
    ctx,
    ActivityParticipant,
    lines.flatMap(({ id: activityId, contactorIds }) =>
      contactorIds.map((cadreId) => ({ id: v5(cadreId, activityId), activityId, cadreId })),
    ),
  );
  await importBatch(
    ctx,
    Demand,
    lines.flatMap(({ id: activityId, demands }) =>
      demands.map(({ caseKind, householdId, outcome, ...demand }) => ({
        ...demand,
        activityId,
        caseKind: caseKind ?? null,
        householdId: householdId ?? null,
        outcome: outcome ?? null,
      })),
    ),
  );
}

const dutyLine = z.strictObject({
  id,
  assignmentId: id,
  scheme: z.string(),
  schemeVersion: z.int(),
  dutyCode: z.string(),
  windowStart: day,
  windowEnd: day,
  fulfilledBy: id.optional(),
  fulfilledOn: day.optional(),
  excuse: z.strictObject({ by: z.string(), reason: z.string(), on: day }).optional(),
});

async function importDuties(ctx: Ctx, lines: z.output<typeof dutyLine>[]): Promise<void> {
  const { rows } = await sql<{ id: string; contactor_id: string; target_id: string }>`
    select id, contactor_id, target_id from contact_assignment where id = any(${[...new Set(lines.map((line) => line.assignmentId))]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const assignments = new Map(rows.map((row) => [row.id, row]));
  const rules = await sql<{ scheme: string; code: string; activity: string }>`
    select s.code as scheme, d ->> 'code' as code, d ->> 'activity' as activity from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id cross join lateral jsonb_array_elements(v.duties) d`.execute(
    ctx.em.getKysely(),
  );
  const activityOf = new Map(rules.rows.map((rule) => [`${rule.scheme}/${rule.code}`, rule.activity as ActivityKind]));
  await importBatch(
    ctx,
    Duty,
    lines.map(({ fulfilledBy, fulfilledOn, excuse, ...line }) => {
      const assignment = assignments.get(line.assignmentId);
      const activity = activityOf.get(`${line.scheme}/${line.dutyCode}`);
      if (!assignment || !activity)
        throw new Error(
          `The duty ${line.id} names an assignment or a rule of a scheme that was not imported before it`,
        );
      return {
        ...line,
        activity,
        contactorId: assignment.contactor_id,
        targetId: assignment.target_id,
        fulfilledBy: fulfilledBy ?? null,
        fulfilledOn: fulfilledOn ?? null,
        excuse: excuse ?? null,
      };
    }),
  );
}

const assignmentLine = z.strictObject({
  id,
  scheme: z.string(),
  contactorKind: values(ContactorKind),
  contactorIds: z.array(id).min(1),
  targetId: id,
  liaisonIds: z.array(id).default([]),
  ...period,
  reason: z.string(),
});

/** What `import` reads, by the type of a line. */
export const organizationsImports: Readonly<Record<string, Importer>> = {
  organization: importer(organizationLine, importOrganizations),
  contactScheme: importer(schemeLine, importSchemes),
  contactAssignment: importer(assignmentLine, async (ctx, lines) => {
    const rows = lines.map(({ contactorIds: [contactorId, ...coContactorIds], from, until, ...line }) => ({
      ...line,
      contactorId: contactorId as string,
      coContactorIds,
      ...validity({ from, until }),
    }));
    await importBatch(ctx, ContactAssignment, rows, {
      fact: (row) => contactAssignmentImported.of({ record: Object.assign(new ContactAssignment(), row).record() }),
    });
  }),
  duty: importer(dutyLine, importDuties),
  activity: importer(activityLine, importActivities),
  branchPairing: importer(
    z.strictObject({ id, branchId: id, partnerId: id, ...period, plan: z.string().optional() }),
    async (ctx, lines) => {
      await importBatch(
        ctx,
        BranchPairing,
        lines.map(({ from, until, plan, ...line }) => ({ ...line, plan: plan ?? null, ...validity({ from, until }) })),
      );
    },
  ),
};
