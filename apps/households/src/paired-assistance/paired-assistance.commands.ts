import { z } from 'zod';
import { ceasesOn, leftOn, pairedAssistanceImported, type cadreRecord, type RecordOf } from '@frontline/events';
import { changeAll, importBatch, sql, refuseUnknown, validOn, type Ctx } from '@frontline/platform';
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

/**
 * A party cadre assists (domain.md, section 3): whoever is in the Party no more does so no longer from that day on. What began
 * while they were no member, by a register, is that register's to correct. Others are told that they may not, not why.
 */
export async function endAssistanceOfNonMember(ctx: Ctx, cadre: RecordOf<typeof cadreRecord>): Promise<void> {
  const { id: cadreId, partyMember } = cadre;
  const days = partyMember.flatMap(({ from, until }) => [from, ...(until ? [until] : [])]);
  const isMember = (on: string) => partyMember.some(({ from, until }) => from <= on && (!until || on < until));
  const on = ceasesOn(days, isMember, ctx.today());
  if (!on) return;
  await changeAll(ctx, async (unit) => {
    const begun = { cadreId, validFrom: { $lt: on }, $or: [{ validTo: null }, { validTo: { $gt: on } }] };
    for (const assistance of await unit.loadAll(PairedAssistance, begun))
      unit.emit(assistance, ...assistance.end(on, 'HELPER_NOT_ELIGIBLE'));
  });
}

/** The same for whoever of these cadres has left or is in the Party no more, as an import brings it, which tells of neither. */
export async function followRegister(ctx: Ctx, cadres: readonly RecordOf<typeof cadreRecord>[]): Promise<void> {
  for (const cadre of cadres) {
    const on = leftOn(cadre, ctx.today());
    if (on) await endAssistanceOfHelper(ctx, cadre.id, on);
    await endAssistanceOfNonMember(ctx, cadre);
  }
}

/**
 * It was a mistake that a helper leaves on a day: what ended by it goes on from today, or from that day if it lies ahead,
 * where the household is in hardship still and nobody else has taken it on. In between it was uncovered, and stays so on
 * record. Told again, it finds a helper there.
 */
export async function resumeAssistanceOfHelper(
  ctx: Ctx,
  cadre: RecordOf<typeof cadreRecord>,
  leftBefore: string,
): Promise<void> {
  const today = ctx.today();
  const day = leftBefore > today ? leftBefore : today;
  const leaves = leftOn(cadre, today);
  if (leaves !== undefined && leaves <= day) return;
  await changeAll(ctx, async (unit) => {
    const { rows } = await sql<{ id: string }>`
      select t.id from paired_assistance t
      where t.cadre_id = ${cadre.id} and t.end_reason = 'HELPER_LEFT' and t.valid_to = greatest(t.valid_from, ${leftBefore}::date)
        and exists (select 1 from hardship_certificate h where h.household_id = t.household_id and ${validOn('h', day)})
        and not exists (select 1 from paired_assistance o
          where o.household_id = t.household_id and o.id <> t.id and (o.valid_to is null or o.valid_to > ${day}::date))`.execute(
      unit.ctx.em.getKysely(),
    );
    const ended = await unit.loadAll(PairedAssistance, { id: { $in: rows.map(({ id }) => id) } });
    const areas = await areasOfHouseholds(
      unit.ctx,
      ended.map(({ householdId }) => householdId),
    );
    for (const assistance of ended) {
      const resumed = assistance.resumed(day, areas.get(assistance.householdId) ?? assistance.residentialAreaId);
      unit.add(resumed, resumed.started());
    }
  });
}

/** The residential area of each of these households. */
export async function areasOfHouseholds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; area: string }>`
    select t.id, t.residential_area_id as area from household t where t.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id: householdId, area }) => [householdId, area]));
}
