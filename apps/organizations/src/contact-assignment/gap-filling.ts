import { sql, type Ctx } from '@frontline/platform';
import { endedInto } from '../organization/organization-heirs.ts';

/** A target under a scheme. */
interface Place {
  scheme: string;
  targetId: string;
}

/** An assignment, as far as it is asked who goes on for whom; days are half-open. */
export interface HeldThere extends Place {
  id: string;
  validFrom: string;
  validTo: string | null;
  continuesId: string | null;
  /** Whether it was handed over, and so has an heir. */
  handedOver: boolean;
  /** Whether it came of a handover, and so goes on for another one already. */
  cameByHandover: boolean;
}

/**
 * What an assignment that begins on a day goes on for though nobody handed it over: the last one to the target under the
 * scheme that was over by then (its contactor departed, moved, or it was ended) and has no heir. Nothing for a first one.
 * Where the target has taken others over, that may be the last one to one of these: their residents' cases and promises are
 * now those of the target.
 */
export function leftWithoutHeir(from: string, there: readonly HeldThere[]): string | undefined {
  const continued = new Set(there.map(({ continuesId }) => continuesId));
  const left = there.filter(
    ({ id, validTo, handedOver }) => validTo !== null && validTo <= from && !handedOver && !continued.has(id),
  );
  const inOrder = ({ validFrom, validTo }: HeldThere) => `${validTo} ${validFrom}`;
  return left.toSorted((a, b) => inOrder(b).localeCompare(inOrder(a)) || a.id.localeCompare(b.id))[0]?.id;
}

const inOrderOfDays = (a: HeldThere, b: HeldThere): number =>
  `${a.validFrom} ${a.id}`.localeCompare(`${b.validFrom} ${b.id}`);

/**
 * Of assignments that were brought in, in any order, those that go on for one that was left, and which it is: one of them
 * fills the gap, or left it. Whatever goes on for another one already goes on doing so.
 */
export function filledGaps(there: readonly HeldThere[], brought: ReadonlySet<string>): Map<string, string> {
  const firstDayThenId = ({ validFrom, id }: HeldThere) => `${validFrom} ${id}`;
  const known = there.map((each) => ({ ...each })).sort((a, b) => firstDayThenId(a).localeCompare(firstDayThenId(b)));
  const filled = new Map<string, string>();
  for (const heir of known) {
    if (heir.continuesId !== null || heir.cameByHandover) continue;
    const others = known.filter(({ id }) => id !== heir.id);
    const before = leftWithoutHeir(heir.validFrom, others);
    if (before === undefined || !(brought.has(heir.id) || brought.has(before))) continue;
    heir.continuesId = before;
    filled.set(heir.id, before);
  }
  return filled;
}

/** What an assignment that is being made goes on for, by {@link leftWithoutHeir}. */
export async function gapFilledBy(
  ctx: Ctx,
  { scheme, targetId, from }: Place & { from: string },
): Promise<string | null> {
  const targets = [targetId, ...(await endedInto(ctx, targetId, from))];
  return (
    leftWithoutHeir(
      from,
      await heldAt(
        ctx,
        targets.map((each) => ({ scheme, targetId: each })),
      ),
    ) ?? null
  );
}

/** Lets assignments that an import brought go on for what was left, by the same rule; told again, it finds nothing to do. */
export async function fillGaps(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const db = ctx.em.getKysely();
  const { rows: places } = await sql<Place>`
    select distinct scheme, target_id as "targetId" from contact_assignment where id = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  const brought = new Set(ids);
  const held = await heldAt(ctx, places);
  const heirsToOthers = await takersOver(ctx, places);
  const byPlace = Map.groupBy(
    held.filter(({ targetId }) => !heirsToOthers.has(targetId)),
    ({ scheme, targetId }) => `${scheme} ${targetId}`,
  );
  await goOn(
    ctx,
    [...byPlace.values()].flatMap((there) => [...filledGaps(there, brought)]),
  );
  // what was left may be of another target: asked for each, in order, as when it is made by hand
  const others = held.filter(({ id, targetId }) => heirsToOthers.has(targetId) && brought.has(id)).sort(inOrderOfDays);
  for (const { id, continuesId, cameByHandover, validFrom: from, ...place } of others) {
    const before = continuesId || cameByHandover ? null : await gapFilledBy(ctx, { ...place, from });
    if (before) await goOn(ctx, [[id, before]]);
  }
}

/** Of these targets those that have taken others over. */
async function takersOver(ctx: Ctx, places: readonly Place[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct successor_id as id from organization_succession
    where successor_id = any(${places.map(({ targetId }) => targetId)}::uuid[])`.execute(ctx.em.getKysely());
  return new Set(rows.map(({ id }) => id));
}

/** Keeps of each of these what it goes on for. */
async function goOn(ctx: Ctx, pairs: readonly (readonly [id: string, before: string])[]): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    update contact_assignment a set continues_id = r.before
    from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, before]) => before)}::uuid[]) as r(id, before)
    where a.id = r.id`.execute(ctx.em.getKysely());
}

/** What is taken out of the record is gone on for by nobody. */
export async function forgetGaps(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await sql`
    update contact_assignment set continues_id = null where continues_id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
}

async function heldAt(ctx: Ctx, places: readonly Place[]): Promise<HeldThere[]> {
  const { rows } = await sql<HeldThere>`
    select a.id, a.scheme, a.target_id as "targetId", a.valid_from::text as "validFrom", a.valid_to::text as "validTo",
      a.continues_id as "continuesId",
      exists (select from handover h where h.assignment_id = a.id and h.next_assignment_id is not null) as "handedOver",
      exists (select from handover h where h.next_assignment_id = a.id) as "cameByHandover"
    from unnest(${places.map(({ scheme }) => scheme)}::text[], ${places.map(({ targetId }) => targetId)}::uuid[]) as p(scheme, target_id)
    join contact_assignment a on a.scheme = p.scheme and a.target_id = p.target_id`.execute(ctx.em.getKysely());
  return rows;
}
