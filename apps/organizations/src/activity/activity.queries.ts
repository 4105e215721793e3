import { cadreRecord } from '@frontline/events';
import {
  batched,
  byId,
  checkedId,
  connect,
  connectUnder,
  copyOf,
  manyBy,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { holdsLineOf } from '../contact-assignment/assignment-line.ts';
import { cadreOn } from './acting-under-assignment.ts';
import { Activity, ActivityAmendment, Demand } from './activity.entity.ts';
import type { ActivitiesArgs, ActivityFilter, DemandFilter, DemandsArgs } from './activity.inputs.ts';

const latestFirst = [['t.held_at', 'desc']] as const;

/** The first instant of a day in Asia/Shanghai, `plus` days later. */
const dayStart = (day: string, plus = 0): Sql =>
  sql`((${day}::date + ${plus}::int)::timestamp at time zone 'Asia/Shanghai')`;

/** True for rows whose column is an organization or lies below it on a day. */
export const below = (column: string, id: string, field: string, today: string): Sql =>
  sql`exists (select 1 from organization_path op where op.descendant_id = ${sql.ref(column)} and op.ancestor_id = ${checkedId(id, field)} and ${validOn('op', today)})`;

function conditions(filter: ActivityFilter, today: string): (Sql | undefined)[] {
  return [
    filter.withdrawn ? sql`t.withdrawn_at is not null` : sql`t.withdrawn_at is null`,
    filter.kinds ? sql`t.kind = any(${[...filter.kinds]}::text[])` : undefined,
    filter.cadreId
      ? sql`exists (select 1 from activity_participant ap where ap.activity_id = t.id and ap.cadre_id = ${checkedId(filter.cadreId, 'filter.cadreId')})`
      : undefined,
    filter.targetWithin ? below('t.target_id', filter.targetWithin, 'filter.targetWithin', today) : undefined,
    filter.from ? sql`t.held_at >= ${dayStart(filter.from)}` : undefined,
    filter.to ? sql`t.held_at < ${dayStart(filter.to, 1)}` : undefined,
  ];
}

/** Activities by filter, latest first. */
export function activities(ctx: Ctx, { filter, ...page }: ActivitiesArgs): Promise<Connection<Activity>> {
  return connect(ctx, Activity, page, { where: conditions(filter ?? {}, ctx.today()), order: latestFirst });
}

/** Activities that a cadre took part in, or that took place at an organization, latest first. */
export function activitiesUnder(
  ctx: Ctx,
  parent: 'cadre' | 'target' | 'assignment',
  id: string,
  { filter, ...page }: ActivitiesArgs,
): Promise<Connection<Activity>> {
  const where = conditions(filter ?? {}, ctx.today());
  if (parent === 'cadre') {
    return connectUnder(ctx, Activity, id, page, {
      join: sql`join activity_participant mine on mine.activity_id = t.id`,
      parent: sql.ref('mine.cadre_id'),
      where,
      order: latestFirst,
    });
  }
  return connectUnder(ctx, Activity, id, page, {
    parent: sql.ref(parent === 'target' ? 't.target_id' : 't.assignment_id'),
    where,
    order: latestFirst,
  });
}

/** Demands that no amendment took away. */
const stands = sql`t.amended_away_at is null`;

/** Demands by filter, latest first. */
export function demands(ctx: Ctx, { filter, ...page }: DemandsArgs): Promise<Connection<Demand>> {
  const given: DemandFilter = filter ?? {};
  return connect(ctx, Demand, page, {
    where: [
      stands,
      given.dispositions ? sql`t.disposition = any(${[...given.dispositions]}::text[])` : undefined,
      given.categoryCodes ? sql`t.category_code = any(${[...given.categoryCodes]}::text[])` : undefined,
      given.within ? below('t.area_id', given.within, 'filter.within', ctx.today()) : undefined,
      given.from
        ? sql`exists (select 1 from activity a where a.id = t.activity_id and a.held_at >= ${dayStart(given.from)})`
        : undefined,
      given.to
        ? sql`exists (select 1 from activity a where a.id = t.activity_id and a.held_at < ${dayStart(given.to, 1)})`
        : undefined,
    ],
    order: [[sql`(select a.held_at from activity a where a.id = t.activity_id)`, 'desc']],
  });
}

/** What was heard at an activity, without what an amendment took away. */
export const demandsOf = (ctx: Ctx, activityId: string): Promise<Demand[]> =>
  manyBy(ctx, Demand, 'activityId', activityId, { where: [stands] });

/** Amendments of an activity, latest first. */
export const amendmentsOf = (ctx: Ctx, activityId: string): Promise<ActivityAmendment[]> =>
  manyBy(ctx, ActivityAmendment, 'activityId', activityId, { order: [['t.at', 'desc']] });

/** Ids of the cadres who took part in an activity. */
export async function participantsOf(ctx: Ctx, activityId: string): Promise<string[]> {
  const found = await batched(ctx, 'participants', activityId, async (ids) => {
    const { rows } = await sql<{ activity_id: string; cadres: string[] }>`
      select activity_id, array_agg(cadre_id::text order by id) as cadres from activity_participant where activity_id = any(${ids}::uuid[]) group by 1`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map((row) => [row.activity_id, row.cadres]));
  });
  return found ?? [];
}

/**
 * Whether the caller is to go on with something that was said at an activity: whoever took part, who has taken the contact
 * over since, or who stands in today for the cadre whose it is.
 */
export async function goesOnWith(
  ctx: Ctx,
  said: { activityId: string; cadreId?: string | null } | undefined,
): Promise<boolean> {
  if (!said) return false;
  if (await tookPart(ctx, said)) return true;
  const own = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  if (own === undefined) return false;
  if (await holdsLineOf(ctx, own, said.activityId)) return true;
  const record = await copyOf(ctx, cadreRecord, said.cadreId);
  return record !== undefined && cadreOn(record, ctx.today()).substituteId === own;
}

/** Whether the caller recorded or took part in the activity of something that was said there. */
export async function tookPart(ctx: Ctx, said: { activityId?: string | null } | undefined): Promise<boolean> {
  const activity = await byId(ctx, Activity, said?.activityId);
  if (!activity || ctx.actor.kind !== 'person') return false;
  const { sub: subject, cadreId } = ctx.actor;
  if (activity.recorder === subject) return true;
  return cadreId !== undefined && (await participantsOf(ctx, activity.id)).includes(cadreId);
}
