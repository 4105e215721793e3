import { z } from 'zod';
import { importBatch, importer, sql, type Ctx, type Importer } from '@frontline/platform';
import { day, id } from '@frontline/platform/import-fields';
import type { ActivityKind } from '../activity/activity-enums.ts';
import { dutyState } from './duty-state.ts';
import { Duty } from './duty.entity.ts';

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
        // whoever brings an outcome in knows it: nobody is told of the past
        toldState:
          fulfilledOn || excuse
            ? dutyState({ ...line, fulfilledOn: fulfilledOn ?? null, excused: true }, line.windowEnd)
            : null,
      };
    }),
  );
}

/** How a duty is brought in, after its assignment and its scheme. */
export const dutyImporter: Importer = importer(dutyLine, importDuties);
