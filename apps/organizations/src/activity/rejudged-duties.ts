import { dayOf, sql, type Unit } from '@frontline/platform';
import { heirsOfLine, predecessorsOf } from '../contact-assignment/assignment-line.ts';
import { fulfilDuties, reopenDuties, type Served } from '../duty/duty-fulfilment.ts';
import { tellOutcome } from '../duty/duty-outcomes.ts';
import { Duty } from '../duty/duty.entity.ts';
import type { Activity } from './activity.entity.ts';
import { participantsOf } from './activity.queries.ts';
import { assignmentsAt, registerOf, servedBy } from './assignments-at-target.ts';

/** Other activities that one statement reads for a duty that is owed again; all of them are looked at until one counts. */
const OTHERS = 50;

/**
 * It was something else that took place, elsewhere, or with others: what the activity kept and does not keep now is owed
 * again, unless another one of its window keeps it; what it counts for now is fulfilled. What it keeps still it keeps, in
 * whatever capacity it is now. `alsoServed` are assignments whose duty it fulfils whoever took part.
 */
export async function rejudgeDuties(
  unit: Unit,
  activity: Activity,
  cadreIds: readonly string[],
  alsoServed: readonly string[] = [],
): Promise<void> {
  const { id, kind } = activity;
  const on = dayOf(activity.heldAt);
  const there = await servedByActivity(unit, activity, cadreIds, on);
  const whoever = alsoServed.filter((id) => !there.some(({ owedBy }) => owedBy === id));
  const served = [...there, ...whoever.map((owedBy) => ({ owedBy, substituted: false }))];
  const before = await predecessorsOf(
    unit.ctx,
    served.map(({ owedBy }) => owedBy),
  );
  const kept = new Set<Served>();
  const reopened: Duty[] = [];
  for (const duty of await unit.loadAll(Duty, { fulfilledBy: id })) {
    const by = served.find(({ owedBy }) => [owedBy, ...(before.get(owedBy) ?? [])].includes(duty.assignmentId));
    if (by && duty.activity === kind) {
      kept.add(by);
      duty.substituted = by.substituted;
      unit.emit(duty, ...tellOutcome(duty, unit.ctx.today()));
    } else {
      reopened.push(duty);
      unit.emit(duty, ...duty.reopen());
    }
  }
  await fulfilDuties(
    unit,
    { id, kind, on },
    served.filter((each) => !kept.has(each)),
  );
  for (const duty of reopened) await countOthers(unit, duty, id);
}

/** It did not take place: what it kept is owed again, unless another one of its window keeps it. */
export async function giveBackDuties(unit: Unit, activityId: string): Promise<void> {
  for (const duty of await reopenDuties(unit, activityId)) await countOthers(unit, duty, activityId);
}

/** What took place as well while a duty was owed, and counted for nothing since the amended one was first, counts for it now: under its assignment, or under those that go on for it. */
async function countOthers(unit: Unit, duty: Duty, amendedId: string): Promise<void> {
  const { activity: kind } = duty;
  const line = await heirsOfLine(unit.ctx, duty.assignmentId);
  for await (const other of othersOf(unit, duty, line, amendedId)) {
    if (duty.fulfilledOn) return;
    const on = dayOf(new Date(other.heldAt));
    const served = await servedByActivity(unit, other, await participantsOf(unit.ctx, other.id), on);
    await fulfilDuties(
      unit,
      { id: other.id, kind, on },
      served.filter(({ owedBy }) => line.includes(owedBy)),
    );
  }
}

interface Other {
  id: string;
  heldAt: Date;
  targetId: string;
  assignmentId: string | null;
}

/** What took place where a duty was owed before the next one of its line was, and keeps no duty of that line, earliest first. */
async function* othersOf(unit: Unit, duty: Duty, line: readonly string[], amendedId: string): AsyncGenerator<Other> {
  let after: string | null = null;
  for (;;) {
    const page: Other[] = await othersAfter(unit, duty, line, amendedId, after);
    yield* page;
    after = page.at(-1)?.id ?? null;
    if (page.length < OTHERS) return;
  }
}

async function othersAfter(
  unit: Unit,
  { activity: kind, windowStart }: Duty,
  line: readonly string[],
  amendedId: string,
  after: string | null,
): Promise<Other[]> {
  const ofLine = sql`any(${[...line]}::uuid[])`;
  const targets = sql`select c.target_id from contact_assignment c where c.id = ${ofLine}`;
  const instantOf = (day: ReturnType<typeof sql>) => sql`(${day})::timestamp at time zone 'Asia/Shanghai'`;
  const { rows } = await sql<Other>`
    select a.id, a.held_at as "heldAt", a.target_id as "targetId", a.assignment_id as "assignmentId" from activity a
    where a.kind = ${kind} and a.id <> ${amendedId} and a.withdrawn_at is null and a.held_at >= ${instantOf(sql`${windowStart}::date`)}
      and a.held_at < coalesce(${instantOf(sql`select min(n.window_start) from duty n
        where n.assignment_id = ${ofLine} and n.activity = ${kind} and n.window_start > ${windowStart}::date`)}, 'infinity')
      ${after ? sql`and (a.held_at, a.id) > (select l.held_at, l.id from activity l where l.id = ${after})` : sql``}
      and (a.assignment_id = ${ofLine} or a.target_id in (${targets})
        or a.target_id in (select p.area_id from patch_area p where p.patch_id in (${targets})))
      and not exists (select from duty d where d.assignment_id = ${ofLine} and d.fulfilled_by = a.id)
    order by a.held_at, a.id limit ${OTHERS}`.execute(unit.ctx.em.getKysely());
  return rows;
}

/** The assignments for which an activity counts. */
async function servedByActivity(
  unit: Unit,
  { targetId, assignmentId }: Pick<Activity, 'targetId' | 'assignmentId'>,
  cadreIds: readonly string[],
  on: string,
): Promise<Served[]> {
  const there = await assignmentsAt(unit.ctx, targetId, on);
  const contactorIds = there.flatMap((each) => (each.contactorKind === 'CADRE' ? each.contactorIds : []));
  const register = await registerOf(unit.ctx, [...cadreIds, ...contactorIds], on);
  return servedBy(there, cadreIds, register, new Set(assignmentId ? [assignmentId] : []));
}
