import { batched, checkedId, connect, sql, type Connection, type Ctx } from '@frontline/platform';
import type { ActivityKind } from '../activity/activity-enums.ts';
import { CadreStub, CaseStub } from '../directory/foreign-types.ts';
import { linesOf } from '../contact-assignment/assignment-line.ts';
import { Handover, type HandoverCase, type HandoverPromise, type HandoverVisit } from './handover.entity.ts';
import type { HandoversArgs } from './handover.inputs.ts';

/** Visits and cases of one handover that are listed, latest first. */
const LISTED = 20;

/** Assignments of one line, over alias `r`: that of a handover, and those it goes on for. */
const lineOfRoot = sql`select line.id from line where line.root = r.id`;

/** States in which nothing more is to be done about a case. */
const CLOSED = ['CLOSED', 'NOT_ACCEPTED', 'MERGED', 'WITHDRAWN'];

/** Handovers, latest offered first. */
export function handovers(ctx: Ctx, { successorId, open, ...page }: HandoversArgs): Promise<Connection<Handover>> {
  return connect(ctx, Handover, page, {
    where: [
      successorId ? sql`t.successor_id = ${checkedId(successorId, 'successorId')}` : undefined,
      open ? sql`t.accepted_on is null and t.closed_on is null` : undefined,
    ],
    order: [['t.offered_on', 'desc']],
  });
}

/** Cases that came of visits under an assignment, or under those it goes on for, and are not closed; what was said stays with those who may read it. */
export async function openCasesOf(ctx: Ctx, assignmentId: string): Promise<HandoverCase[]> {
  const found = await batched(ctx, 'handover:cases', assignmentId, async (ids) => {
    const { rows } = await sql<{ of: string; cases: (HandoverCase & { caseId: string | null })[] }>`
      with ${linesOf(ids)} select r.id as of, l.cases from unnest(${ids}::uuid[]) as r(id) cross join lateral (
        select json_agg(c order by c."heardAt" desc) as cases from (
          select d.category_code as "categoryCode", a.held_at as "heardAt", d.case_number as number, d.case_state as state, d.case_id as "caseId"
          from activity a join demand d on d.activity_id = a.id
          where a.assignment_id in (${lineOfRoot}) and d.disposition = 'CASE' and d.amended_away_at is null
            and not coalesce(d.case_state, '') = any(${CLOSED}::text[])
          order by a.held_at desc limit ${LISTED}::int) c) l where l.cases is not null`.execute(ctx.em.getKysely());
    return new Map(rows.map((row) => [row.of, row.cases]));
  });
  return (found ?? []).map(({ caseId, ...each }) => ({
    ...each,
    heardAt: new Date(each.heardAt),
    case: caseId ? CaseStub.of(caseId) : null,
  }));
}

/** Promises given at visits under an assignment, or under those it goes on for, and not kept, those that are due first before others. */
export async function openPromisesOf(ctx: Ctx, assignmentId: string): Promise<HandoverPromise[]> {
  const found = await batched(ctx, 'handover:promises', assignmentId, async (ids) => {
    const { rows } = await sql<{ of: string; id: string; madeOn: string; dueOn: string; cadreId: string }>`
      with ${linesOf(ids)} select r.id as of, p.id, p.made_on::text as "madeOn", p.due_on::text as "dueOn", p.cadre_id as "cadreId"
      from unnest(${ids}::uuid[]) as r(id) cross join lateral (
        select p.id, p.made_on, p.due_on, p.cadre_id from activity a join promise p on p.activity_id = a.id
        where a.assignment_id in (${lineOfRoot}) and p.kept_on is null and p.amended_away_at is null order by p.due_on, p.id limit ${LISTED}::int) p`.execute(
      ctx.em.getKysely(),
    );
    return Map.groupBy(rows, (row) => row.of);
  });
  return (found ?? []).map(({ id, madeOn, dueOn, cadreId }) => ({ id, madeOn, dueOn, cadre: CadreStub.of(cadreId) }));
}

/** The last visits under an assignment and those it goes on for, latest first. */
export async function lastVisitsOf(ctx: Ctx, assignmentId: string): Promise<HandoverVisit[]> {
  const found = await batched(ctx, 'handover:visits', assignmentId, async (ids) => {
    const { rows } = await sql<{ of: string; kind: ActivityKind; heldAt: Date }>`
      with ${linesOf(ids)} select r.id as of, v.kind, v.held_at as "heldAt" from unnest(${ids}::uuid[]) as r(id) cross join lateral (
        select a.kind, a.held_at from activity a where a.assignment_id in (${lineOfRoot}) and a.withdrawn_at is null order by a.held_at desc, a.id limit ${LISTED}::int) v`.execute(
      ctx.em.getKysely(),
    );
    return Map.groupBy(rows, (row) => row.of);
  });
  return (found ?? []).map(({ kind, heldAt }) => ({ kind, heldAt: new Date(heldAt) }));
}
