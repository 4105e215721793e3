import { type cadreRecord, type RecordOf } from '@frontline/events';
import { changeAll, sql, transaction, type Ctx, type Sql } from '@frontline/platform';
import { registerOf } from '../activity/assignments-at-target.ts';
import { heldOfLines, linesOf } from '../contact-assignment/assignment-line.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { awayTimes } from '../duty/away-times.ts';
import { Duty } from '../duty/duty.entity.ts';
import { standIn, type AwayTime } from '../duty/obligations.ts';
import { TellBack } from './tell-back.entity.ts';
import { whoOwes, type HeardFacts, type Owes } from './who-tells.ts';

/** Tell-backs of one transaction. */
const CHUNK = 500;

/** Which tell-backs to look at: what meets every limit given; without one, all that nobody has told yet. */
interface TellBackScope {
  /** Heard under one of these assignments, or under one that they go on for. */
  readonly assignmentIds?: readonly string[] | undefined;
  /** Heard at one of these activities. */
  readonly activityIds?: readonly string[] | undefined;
  /** Owed by one of these cadres, or heard by one. */
  readonly cadreIds?: readonly string[] | undefined;
  /** Times away that are newer than our copy of a cadre's record, by cadre. */
  readonly away?: ReadonlyMap<string, readonly AwayTime[]> | undefined;
}

/** What decides whose a tell-back is. */
type ToDecide = Pick<HeardFacts, 'areaId' | 'heardByIds' | 'underId'>;

/**
 * Lets tell-backs that are still owed follow who left, whom a contact went to, and who is away: whose they are today, and who
 * stands in. The day by which the person is to be told stays; so does a duty whose day has passed with who missed it.
 * Idempotent. Joins an open transaction; outside of one, each {@link CHUNK} is a transaction of its own.
 */
export async function settleTellBacks(ctx: Ctx, scope: TellBackScope = {}): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    after = await transaction(ctx, (tx) => settleChunk(tx, scope, from), true);
  }
}

/** What our copies say of these cadres has changed. */
export const settleTellBacksOf = (ctx: Ctx, cadres: readonly RecordOf<typeof cadreRecord>[]): Promise<void> =>
  settleTellBacks(ctx, { cadreIds: cadres.map(({ id }) => id) });

/** Gives the last one looked at, if there are more. */
async function settleChunk(ctx: Ctx, scope: TellBackScope, after: string): Promise<string | undefined> {
  const ids = await stillOwed(ctx, scope, after);
  if (ids.length === 0) return undefined;
  await changeAll(ctx, async (unit) => {
    const today = unit.ctx.today();
    const owed = await unit.loadAll(TellBack, { id: { $in: ids }, toldOn: null });
    const open = { fulfilledOn: null, excuse: null, windowEnd: { $gte: today } };
    const duties = await unit.loadAll(Duty, { assignmentId: { $in: ids }, ...open });
    const dutyOf = new Map(duties.map((duty) => [duty.assignmentId, duty]));
    const there = await heardAtActivities(
      unit.ctx,
      owed.flatMap(({ activityId }) => activityId ?? []),
    );
    const owners = await ownersOf(
      unit.ctx,
      owed.map(({ areaId, activityId, cadreId, heardByIds: atDoor }) => {
        const { underId, heardByIds } = there.get(activityId ?? '') ?? { underId: null, heardByIds: atDoor };
        // of those who heard it, it stays whose it is so far while it can
        const inOrder = cadreId && heardByIds.includes(cadreId) ? [cadreId, ...heardByIds] : heardByIds;
        return { areaId, underId, heardByIds: inOrder };
      }),
    );
    const away = await awayTimes(unit.ctx, idsOf(owners), scope.away);
    for (const [at, tellBack] of owed.entries()) {
      const owes = owners[at] as Owes;
      unit.emit(tellBack, ...tellBack.passTo(owes, today));
      const duty = dutyOf.get(tellBack.id);
      const contactorId = owes.cadreId ?? owes.organizationId;
      if (!duty || !contactorId) continue;
      duty.contactorId = contactorId;
      duty.substituteId = standIn(away.get(contactorId) ?? [], duty.windowEnd) ?? null;
    }
  });
  return ids.length < CHUNK ? undefined : ids.at(-1);
}

/** Whose each of these is today. */
export async function ownersOf(ctx: Ctx, heard: readonly ToDecide[]): Promise<Owes[]> {
  const today = ctx.today();
  const held = await heldOfLines(ctx, [...new Set(heard.flatMap(({ underId }) => underId ?? []))], today);
  const assignments = new Map(
    (await ctx.em.find(ContactAssignment, { id: { $in: [...held.values()] } })).map((each) => [each.id, each]),
  );
  const contactorIds = [...assignments.values()].flatMap((each) =>
    each.contactorKind === 'CADRE' ? each.contactorIds : [],
  );
  const register = await registerOf(ctx, [...heard.flatMap(({ heardByIds }) => heardByIds), ...contactorIds], today);
  return heard.map((each) =>
    whoOwes({ ...each, held: each.underId ? assignments.get(held.get(each.underId) ?? '') : undefined }, register),
  );
}

/** Who heard what was said at each of these activities, whoever recorded it first; and the assignment under which it took place. */
export async function heardAtActivities(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, Pick<HeardFacts, 'heardByIds' | 'underId'>>> {
  const { rows } = await sql<{ id: string; underId: string | null; heardByIds: string[] }>`
    select a.id, a.assignment_id as "underId", array_remove(array_prepend(a.recorded_by_id, array(
      select ap.cadre_id from activity_participant ap where ap.activity_id = a.id order by ap.id)), null)::text[] as "heardByIds"
    from activity a where a.id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(
    rows.map(({ id, underId, heardByIds }) => [id, { underId, heardByIds: [...new Set(heardByIds)] }] as const),
  );
}

const idsOf = (owners: readonly Owes[]): string[] => owners.flatMap(({ cadreId }) => cadreId ?? []);

/** Tell-backs that somebody owes and nobody has told, in the order of their ids. */
async function stillOwed(
  ctx: Ctx,
  { assignmentIds, activityIds, cadreIds }: TellBackScope,
  after: string,
): Promise<string[]> {
  const limits: Sql[] = [
    sql`t.told_on is null and (t.cadre_id is not null or t.organization_id is not null)`,
    ...(after ? [sql`t.id > ${after}::uuid`] : []),
    ...(assignmentIds
      ? [
          sql`t.activity_id in (select a.id from activity a
            where a.assignment_id = any(array(with ${linesOf(assignmentIds)} select line.id from line)))`,
        ]
      : []),
    ...(activityIds ? [sql`t.activity_id = any(${[...activityIds]}::uuid[])`] : []),
    ...(cadreIds
      ? [
          sql`(t.cadre_id = any(${[...cadreIds]}::uuid[]) or t.heard_by_ids && ${[...cadreIds]}::uuid[]
            or exists (select from activity_participant ap where ap.activity_id = t.activity_id and ap.cadre_id = any(${[...cadreIds]}::uuid[])))`,
        ]
      : []),
  ];
  const { rows } = await sql<{ id: string }>`
    select t.id from tell_back t where ${sql.join(limits, sql` and `)} order by t.id limit ${CHUNK}::int`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(({ id }) => id);
}
