import { cadreRecord, cadreStatusOn, caseRegistered, hasLeft } from '@frontline/events';
import { changeAll, dayOf, sql, type Ctx } from '@frontline/platform';
import type { CaseChannel, CaseKind, SourceKind } from './case-enums.ts';
import { promiseDueAt } from './case-clock.ts';
import { mayGoOnHolding, type CadreFacts } from './case-holder.ts';
import { finalStates } from './case-lifecycle.ts';
import type { Succession } from './case-succession.ts';
import { Case, CaseMove } from './case.entity.ts';

/** A demand as its recorder told of it, with what recorded it. */
export interface HeardDemand {
  demandId: string;
  categoryCode: string;
  caseKind: CaseKind;
  areaId: string;
  householdId?: string | undefined;
  channel: CaseChannel;
  source: { kind: SourceKind; id: string };
}

/**
 * Opens the case of a demand, once: a demand that has a case already (told before, or imported) is left alone.
 * The number is drawn from a counter of the year, so two never share one.
 */
export async function registerCase(ctx: Ctx, heard: HeardDemand): Promise<void> {
  const db = ctx.em.getKysely();
  const known = await sql`select 1 from case_file where demand_id = ${heard.demandId}`.execute(db);
  if (known.rows.length > 0) return;
  const now = ctx.now();
  const day = dayOf(now);
  const category = await sql<{
    name_zh: string;
  }>`select name_zh from case_category where code = ${heard.categoryCode}`.execute(db);
  await changeAll(ctx, async (unit) => {
    const opened = Object.assign(new Case(), {
      number: await nextNumber(unit.ctx, day.slice(0, 4)),
      title: category.rows[0]?.name_zh ?? heard.categoryCode,
      categoryCode: heard.categoryCode,
      kind: heard.caseKind,
      channel: heard.channel,
      state: 'REGISTERED' as const,
      demandId: heard.demandId,
      sourceKind: heard.source.kind,
      sourceId: heard.source.id,
      areaId: heard.areaId,
      householdId: heard.householdId ?? null,
      registeredAt: now,
      promiseDueAt: promiseDueAt(heard.caseKind, day),
    });
    unit.addOwned(moveOf(unit.ctx, opened, now));
    return unit.add(opened, caseRegistered.of({ record: opened.record() }));
  });
}

async function nextNumber(ctx: Ctx, year: string): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into case_number (year, last) values (${Number(year)}, 1) on conflict (year) do update set last = case_number.last + 1 returning last`.execute(
    ctx.em.getKysely(),
  );
  return `${year}-${String(rows[0]?.last).padStart(6, '0')}`;
}

/** Accepts a registered case. */
export function acceptCase(ctx: Ctx, id: string, expectedVersion?: number | null): Promise<Case> {
  const seen = { expectedVersion: expectedVersion ?? null, field: 'input.caseId' };
  return changeAll(
    ctx,
    async (unit) => {
      const found = await unit.load(Case, id, seen);
      unit.emit(found, ...found.accept());
      unit.addOwned(moveOf(unit.ctx, found, unit.ctx.now()));
      return found;
    },
    { retry: seen.expectedVersion === null },
  );
}

/** Withdraws the case of a demand that was amended away, if there is one and it is open; what is concluded stays. */
export async function withdrawCase(ctx: Ctx, demandId: string): Promise<void> {
  await changeAll(ctx, async (unit) => {
    const [found] = await unit.loadAll(Case, { demandId });
    if (!found?.isOpen) return;
    unit.emit(found, ...found.withdraw());
    unit.addOwned(moveOf(unit.ctx, found, unit.ctx.now()));
  });
}

/**
 * Open cases follow an organization that was taken over: those that it leads, and those about itself. Concluded ones keep
 * it, and so do the earlier entries of every history. Told again, it finds none left.
 */
export async function followSuccession(ctx: Ctx, succession: Succession): Promise<void> {
  const { organizationId } = succession;
  await changeAll(ctx, async (unit) => {
    const concerned = await unit.loadAll(Case, {
      $or: [{ leadOrganizationId: organizationId }, { areaId: organizationId }],
      state: { $nin: [...finalStates] },
    });
    for (const found of concerned) {
      const before = found.leadOrganizationId;
      unit.emit(found, ...found.follow(succession));
      if (found.leadOrganizationId === before) continue;
      unit.addOwned(Object.assign(moveOf(unit.ctx, found, unit.ctx.now()), { succeedsId: before }));
    }
  });
}

/**
 * Open cases follow what the register says of whoever holds or held them: back to their organization's queue where a cadre
 * may not go on holding them today, and back to a cadre who has not left after all where nobody else was given them since.
 * Told again, it finds none left.
 */
export async function followHolders(ctx: Ctx, cadres: readonly CadreFacts[]): Promise<void> {
  const today = ctx.today();
  const register = new Map(cadres.map((cadre) => [cadre.id, cadre]));
  const these = { $in: [...register.keys()] };
  await changeAll(ctx, async (unit) => {
    const concerned = await unit.loadAll(Case, {
      $or: [{ holderCadreId: these }, { holderCadreId: null, leftById: these }],
      state: { $nin: [...finalStates] },
    });
    const leadsOf = await leadsOfCases(unit.ctx, concerned);
    for (const found of concerned) {
      const { holderCadreId, leftById } = found;
      const cadre = register.get(holderCadreId ?? leftById ?? '');
      if (!cadre || mayGoOnHolding(cadre, leadsOf(found), today) === Boolean(holderCadreId)) continue;
      const left = hasLeft(cadreStatusOn(cadre, today));
      unit.emit(found, ...(holderCadreId ? found.holderLeaves(today, left) : found.holderComesBack(today)));
      unit.addOwned(moveOf(unit.ctx, found, unit.ctx.now()));
    }
  });
}

/** The same for everybody who holds an open case: what was settled for a day that has come. Gives how many were looked at. */
export async function releaseCasesToday(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ data: CadreFacts }>`
    select c.data from local_copy c where c.aggregate_type = ${cadreRecord.aggregate} and c.id in (
      select holder_cadre_id from case_file where state <> all(${[...finalStates]}::text[]))`.execute(
    ctx.em.getKysely(),
  );
  await followHolders(
    ctx,
    rows.map(({ data }) => data),
  );
  return rows.length;
}

/** Who leads each of these cases, and those whom it was taken over from. */
async function leadsOfCases(ctx: Ctx, cases: readonly Case[]): Promise<(found: Case) => string[]> {
  const passedOn = await ctx.em.find(
    CaseMove,
    { caseId: { $in: cases.map(({ id }) => id) }, succeedsId: { $ne: null } },
    { orderBy: { at: 'desc', id: 'desc' } },
  );
  const ofCase = Map.groupBy(passedOn, ({ caseId }) => caseId);
  return ({ id, leadOrganizationId }) => {
    const leads = leadOrganizationId ? [leadOrganizationId] : [];
    for (const { organizationId, succeedsId } of ofCase.get(id) ?? [])
      if (succeedsId && leads.includes(organizationId ?? '')) leads.push(succeedsId);
    return leads;
  };
}

/** The entry of a case's history for the state that it has just come into. */
export function moveOf({ actor }: Ctx, { id, state, leadOrganizationId }: Case, at: Date): CaseMove {
  return Object.assign(new CaseMove(), {
    caseId: id,
    state,
    at,
    byCadreId: actor.kind === 'person' ? (actor.cadreId ?? null) : null,
    organizationId: leadOrganizationId ?? null,
  });
}
