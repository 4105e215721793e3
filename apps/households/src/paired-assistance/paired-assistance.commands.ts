import { z } from 'zod';
import { leftOn, pairedAssistanceImported, type cadreRecord, type RecordOf } from '@frontline/events';
import { changeAll, importBatch, sql, refuseUnknown, type Ctx } from '@frontline/platform';
import { day, id, period, validity, values } from '@frontline/platform/import-fields';
import { AssistanceEndReason, PairedAssistance } from './paired-assistance.entity.ts';

/** A paired assistance as another system gives it. */
export const pairedAssistanceLine = z
  .strictObject({
    id,
    householdId: id,
    cadreId: id,
    ...period,
    endReason: values(AssistanceEndReason).optional(),
    consentedOn: day,
  })
  .refine(({ consentedOn, from }) => consentedOn <= from, {
    path: ['consentedOn'],
    message: 'must not be after from: nobody is assisted who has not consented',
  })
  .refine(({ endReason, until }) => (endReason === undefined) === (until === undefined), {
    path: ['endReason'],
    message: 'must be given when until is, and only then',
  });

/**
 * Brings paired assistances in; their households must be there. Whether the cadre was an active party cadre is not asked
 * again of what a register says about the past: the coverage shows it.
 */
export async function importPairedAssistances(ctx: Ctx, lines: z.output<typeof pairedAssistanceLine>[]): Promise<void> {
  const householdIds = lines.map(({ householdId }) => householdId);
  await refuseUnknown(ctx, 'household', householdIds, 'pairedAssistance.householdId');
  const areas = await areasOfHouseholds(ctx, householdIds);
  const rows = lines.map(({ from, until, endReason, ...line }) => ({
    ...line,
    residentialAreaId: areas.get(line.householdId) as string,
    endReason: endReason ?? null,
    ...validity({ from, until }),
  }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  await importBatch(ctx, PairedAssistance, rows, {
    fact: (row) => {
      const { cadreId, householdId, residentialAreaId, validFrom, validTo } = byId.get(row.id) as (typeof rows)[number];
      const record = { id: row.id, cadreId, householdId, residentialAreaId, from: validFrom };
      return pairedAssistanceImported.of({ record: { ...record, ...(validTo && { until: validTo }) } });
    },
  });
}

/** A helper has left: every household they assist is uncovered from that day on, and those who count on it are told. */
export async function endAssistanceOfHelper(ctx: Ctx, cadreId: string, on: string): Promise<void> {
  await changeAll(ctx, async (unit) => {
    const stillHolding = { cadreId, $or: [{ validTo: null }, { validTo: { $gt: on } }] };
    for (const assistance of await unit.loadAll(PairedAssistance, stillHolding))
      unit.emit(assistance, ...assistance.end(on, 'HELPER_LEFT'));
  });
}

/** The same for whoever of these cadres has left, however the register came to say so: an import tells of no departure. */
export async function endAssistanceOfLeavers(ctx: Ctx, cadres: readonly RecordOf<typeof cadreRecord>[]): Promise<void> {
  for (const cadre of cadres) {
    const on = leftOn(cadre, ctx.today());
    if (on) await endAssistanceOfHelper(ctx, cadre.id, on);
  }
}

/** The residential area of each of these households. */
export async function areasOfHouseholds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; area: string }>`
    select t.id, t.residential_area_id as area from household t where t.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id: householdId, area }) => [householdId, area]));
}
