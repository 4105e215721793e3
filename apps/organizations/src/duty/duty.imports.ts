import { z } from 'zod';
import { importBatch, importer, sql, type Ctx, type Importer } from '@frontline/platform';
import { day, id } from '@frontline/platform/import-fields';
import type { ActivityKind } from '../activity/activity-enums.ts';
import { dutyState } from './duty-state.ts';
import { Duty } from './duty.entity.ts';

const dutyLine = z
  .strictObject({
    id,
    assignmentId: id.optional(),
    /** Whose care visit it is, of a paired assistance that another service knows. */
    assistance: z.strictObject({ id, cadreId: id, householdId: id, residentialAreaId: id }).optional(),
    scheme: z.string(),
    schemeVersion: z.int(),
    dutyCode: z.string(),
    windowStart: day,
    windowEnd: day,
    fulfilledBy: id.optional(),
    fulfilledOn: day.optional(),
    excuse: z.strictObject({ by: z.string(), reason: z.string(), on: day }).optional(),
  })
  .refine(({ assignmentId, assistance }) => (assignmentId === undefined) !== (assistance === undefined), {
    path: ['assignmentId'],
    message: 'must be given when assistance is not, and only then',
  });

async function importDuties(ctx: Ctx, lines: z.output<typeof dutyLine>[]): Promise<void> {
  const assignments = await assignmentsOf(
    ctx,
    lines.flatMap(({ assignmentId }) => assignmentId ?? []),
  );
  const rules = await sql<{ scheme: string; code: string; activity: string }>`
    select s.code as scheme, d ->> 'code' as code, d ->> 'activity' as activity from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id cross join lateral jsonb_array_elements(v.duties) d`.execute(
    ctx.em.getKysely(),
  );
  const activityOf = new Map(rules.rows.map((rule) => [`${rule.scheme}/${rule.code}`, rule.activity as ActivityKind]));
  await importBatch(
    ctx,
    Duty,
    lines.map(({ fulfilledBy, fulfilledOn, excuse, assistance, assignmentId, ...line }) => {
      const owing = assistance ? owedByAssistance(assistance) : assignments.get(assignmentId as string);
      const activity = activityOf.get(`${line.scheme}/${line.dutyCode}`);
      if (!owing || !activity)
        throw new Error(
          `The duty ${line.id} names an assignment or a rule of a scheme that was not imported before it`,
        );
      return {
        ...line,
        ...owing,
        activity,
        fulfilledBy: fulfilledBy ?? null,
        fulfilledOn: fulfilledOn ?? null,
        excuse: excuse ?? null,
        // whoever brings an outcome in knows it: nobody is told of the past
        toldState:
          fulfilledOn || excuse
            ? dutyState({ ...line, fulfilledOn: fulfilledOn ?? null, excused: true }, line.windowEnd)
            : null,
      };
    }),
  );
}

type Owing = Pick<Duty, 'owedUnder' | 'assignmentId' | 'contactorId' | 'targetId' | 'placeId'>;

async function assignmentsOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Owing>> {
  const { rows } = await sql<{ id: string; contactorId: string; targetId: string; placeId: string }>`
    select id, contactor_id as "contactorId", target_id as "targetId", place_id as "placeId"
    from contact_assignment where id = any(${[...new Set(ids)]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(
    rows.map(({ id: assignmentId, ...owing }) => [assignmentId, { owedUnder: 'ASSIGNMENT', assignmentId, ...owing }]),
  );
}

function owedByAssistance(assistance: NonNullable<z.output<typeof dutyLine>['assistance']>): Owing {
  const { id: assignmentId, cadreId, householdId, residentialAreaId } = assistance;
  return {
    owedUnder: 'ASSISTANCE',
    assignmentId,
    contactorId: cadreId,
    targetId: householdId,
    placeId: residentialAreaId,
  };
}

/** How a duty is brought in, after its assignment and its scheme. */
export const dutyImporter: Importer = importer(dutyLine, importDuties);
