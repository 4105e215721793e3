import { addDays } from '@frontline/calendar';
import { sql, transaction, type Ctx, type Sql } from '@frontline/platform';
import { settleTellBacks } from '../tell-back/settle-tell-backs.commands.ts';
import { awayTimes } from './away-times.ts';
import type { OwedUnder } from './duty.entity.ts';
import {
  LONGEST_WINDOW_DAYS,
  askedBetween,
  dutiesOwed,
  type Asked,
  type AwayTime,
  type Obliged,
  type OwedDuty,
  type SchemeTerms,
} from './obligations.ts';

/** What owes duties to look at: what meets every limit given; without one, all. */
export interface DutyScope {
  /** Contact assignments, and nothing else. */
  assignmentIds?: readonly string[];
  /** Paired assistances, and nothing else. */
  assistanceIds?: readonly string[];
  /** Codes of schemes. */
  schemes?: readonly string[];
  /** Cadres or organizations that answer for them. */
  contactorIds?: readonly string[];
  /**
   * Leaves out assistances whose duties reach the horizon already: there are thousands, and each change of one, of their
   * scheme or of an absence makes its own.
   */
  onlyBehind?: boolean;
  /**
   * Times away that are newer than our copy of a cadre's record, by cadre: an event that tells of them may come before
   * the copy follows.
   */
  away?: ReadonlyMap<string, readonly AwayTime[]>;
}

/** How many duties were made, made different, and taken back. */
export interface Regenerated {
  added: number;
  changed: number;
  removed: number;
}

/** Whole months, this one not counted, for which duties stand ahead. */
const MONTHS_AHEAD = 13;

/** Assignments or assistances of one transaction. */
const CHUNK = 500;

/** Code of the scheme that asks for care visits to assisted households (design/domain.md). */
export const CARE_SCHEME = 'assistance-care';

/** What owes duties, as the engine reads it under alias `a`. */
interface Source {
  readonly owedUnder: OwedUnder;
  readonly table: Sql;
  readonly scheme: Sql;
  readonly contactor: Sql;
  readonly target: Sql;
  /** The organization in whose place it is owed. */
  readonly place: Sql;
}

const assignments: Source = {
  owedUnder: 'ASSIGNMENT',
  table: sql`contact_assignment`,
  scheme: sql`a.scheme`,
  contactor: sql`a.contactor_id`,
  target: sql`a.target_id`,
  place: sql`a.place_id`,
};
const assistances: Source = {
  owedUnder: 'ASSISTANCE',
  table: sql`assistance`,
  scheme: sql`${sql.lit(CARE_SCHEME)}::text`,
  contactor: sql`a.cadre_id`,
  target: sql`a.household_id`,
  place: sql`a.residential_area_id`,
};

type Owing = Obliged & { readonly placeId: string };

/**
 * Makes the duties of assignments, assistances and tell-backs what their schemes, their own validity, the calendar and absences say, from today to
 * the end of the thirteenth month after this one. Idempotent: ids are natural keys, so that whoever runs it again, after
 * a crash or beside another, finds the same duties.
 *
 * What has begun stays as it was made (only who stands in may still change), and so does what was fulfilled or excused;
 * only windows that have not opened move or vanish. Missing ones are made if they have not closed. Joins an open
 * transaction; outside of one, each {@link CHUNK} of assignments is a transaction of its own, in which their rows and
 * schemes are locked: a change of either waits, and then makes its own duties.
 */
export async function regenerateDuties(ctx: Ctx, scope: DutyScope = {}): Promise<Regenerated> {
  const done: Regenerated = { added: 0, changed: 0, removed: 0 };
  const sources = [...(scope.assistanceIds ? [] : [assignments]), ...(scope.assignmentIds ? [] : [assistances])];
  for (const source of sources) {
    for (let after: string | undefined = ''; after !== undefined;) {
      const from: string = after;
      const chunk = await transaction(ctx, (tx) => regenerateChunk(tx, source, scope, from), true);
      for (const kind of ['added', 'changed', 'removed'] as const) done[kind] += chunk[kind];
      after = chunk.last;
    }
  }
  await settleTellBacksIn(ctx, scope);
  return done;
}

/** Duties of tell-backs stand since their case was closed; but whose they are, and who stands in, follows assignments and absences as well. */
async function settleTellBacksIn(
  ctx: Ctx,
  { assignmentIds, assistanceIds, schemes, contactorIds, away }: DutyScope,
): Promise<void> {
  if (assistanceIds || schemes) return;
  await settleTellBacks(ctx, { assignmentIds, cadreIds: contactorIds, away });
}

/** The last day on which a window may open that is made today. */
export function horizonOf(today: string): string {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month + MONTHS_AHEAD, 0)).toISOString().slice(0, 10);
}

async function regenerateChunk(
  ctx: Ctx,
  source: Source,
  scope: DutyScope,
  after: string,
): Promise<Regenerated & { last: string | undefined }> {
  const today = ctx.today();
  const obliged = await lockObliged(ctx, source, scope, after);
  if (obliged.length === 0) return { added: 0, changed: 0, removed: 0, last: undefined };
  const terms = await lockTerms(ctx, [...new Set(obliged.map(({ scheme }) => scheme))]);
  const contactorIds = obliged.map(({ contactorId }) => contactorId);
  const away = await awayTimes(ctx, contactorIds, scope.away);
  const asked = new Map(
    [...terms].map(([scheme, versions]) => [scheme, stillAsked(versions, today, horizonOf(today))]),
  );
  const owed = obliged.flatMap((one) => dutiesOwed(asked.get(one.scheme) ?? [], one, away.get(one.contactorId)));
  const done = await reconcile(ctx, source, obliged, owed);
  return { ...done, last: obliged.length < CHUNK ? undefined : obliged.at(-1)?.id };
}

/** What a scheme asks in windows that have not closed. */
function stillAsked(versions: readonly SchemeTerms[], today: string, horizon: string): Asked[] {
  const asked = askedBetween(versions, addDays(today, -LONGEST_WINDOW_DAYS), horizon);
  return asked.filter(({ window }) => window.end >= today);
}

async function lockObliged(ctx: Ctx, source: Source, scope: DutyScope, after: string): Promise<Owing[]> {
  const { table, scheme, contactor, target, place } = source;
  const { assignmentIds, assistanceIds, schemes, contactorIds } = scope;
  const ids = assignmentIds ?? assistanceIds;
  const today = ctx.today();
  const limits: Sql[] = [
    sql`(a.valid_to is null or a.valid_to >= ${today}::date
      or exists (select 1 from duty d where d.assignment_id = a.id and d.window_start > ${today}::date))`,
    ...(after ? [sql`a.id > ${after}::uuid`] : []),
    ...(ids ? [sql`a.id = any(${[...ids]}::uuid[])`] : []),
    ...(schemes ? [sql`${scheme} = any(${[...schemes]}::text[])`] : []),
    ...(contactorIds ? [sql`${contactor} = any(${[...contactorIds]}::uuid[])`] : []),
    ...(scope.onlyBehind && source === assistances
      ? [sql`a.duties_until is distinct from ${horizonOf(today)}::date`]
      : []),
  ];
  const { rows } = await sql<Owing>`
    select a.id, ${scheme} as scheme, ${contactor} as "contactorId", ${target} as "targetId", ${place} as "placeId",
      a.valid_from::text as "validFrom", a.valid_to::text as "validTo"
    from ${table} a where ${sql.join(limits, sql` and `)} order by a.id limit ${CHUNK}::int for no key update of a`.execute(
    ctx.em.getKysely(),
  );
  return rows;
}

async function lockTerms(ctx: Ctx, schemes: readonly string[]): Promise<Map<string, SchemeTerms[]>> {
  const db = ctx.em.getKysely();
  await sql`select 1 from contact_scheme where code = any(${[...schemes]}::text[]) order by id for share`.execute(db);
  const { rows } = await sql<SchemeTerms & { scheme: string }>`
    select s.code as scheme, v.number, v.valid_from::text as "validFrom", v.valid_to::text as "validTo", v.duties
    from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id where s.code = any(${[...schemes]}::text[])`.execute(
    db,
  );
  return Map.groupBy(rows, ({ scheme }) => scheme);
}

/** One statement: what is missing comes in, what has not opened moves or goes, the rest is left alone. */
async function reconcile(
  ctx: Ctx,
  { owedUnder }: Source,
  obliged: readonly Owing[],
  owed: readonly OwedDuty[],
): Promise<Regenerated> {
  const today = ctx.today();
  const column = (name: keyof OwedDuty, type: string): Sql =>
    sql`${owed.map((duty) => duty[name])}::${sql.raw(type)}[]`;
  // nothing tells the planner how long these lists are; it would walk one for each row of the other
  const db = ctx.em.getKysely();
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(db);
  const { rows } = await sql<Regenerated>`
    with obliged as materialized (
      select * from unnest(${obliged.map(({ id }) => id)}::uuid[], ${obliged.map(({ scheme }) => scheme)}::text[],
        ${obliged.map(({ placeId }) => placeId)}::uuid[]) as a(id, scheme, place_id)),
    owed as materialized (
      select o.*, a.place_id from unnest(${column('id', 'uuid')}, ${column('assignmentId', 'uuid')}, ${column('contactorId', 'uuid')},
        ${column('substituteId', 'uuid')}, ${column('targetId', 'uuid')}, ${column('scheme', 'text')},
        ${column('schemeVersion', 'int')}, ${column('dutyCode', 'text')}, ${column('activity', 'text')},
        ${column('windowStart', 'date')}, ${column('windowEnd', 'date')})
        as o(id, assignment_id, contactor_id, substitute_id, target_id, scheme, scheme_version, duty_code, activity, window_start, window_end)
        join obliged a on a.id = o.assignment_id),
    known as materialized (
      select d.id, d.assignment_id, d.duty_code, d.window_start from duty d where d.assignment_id in (select a.id from obliged a)),
    added as (
      insert into duty (id, assignment_id, contactor_id, substitute_id, target_id, scheme, scheme_version, duty_code, activity, window_start, window_end, place_id, owed_under)
      select o.*, ${owedUnder} from owed o where o.id not in (select k.id from known k)
        -- a register may have brought a window that has begun in under an id of its own
        and (o.assignment_id, o.duty_code, o.window_start) not in (
          select k.assignment_id, k.duty_code, k.window_start from known k where k.window_start <= ${today}::date)
      on conflict (id) do nothing returning 1),
    moved as (
      update duty d set version = d.version + 1, contactor_id = o.contactor_id, substitute_id = o.substitute_id, target_id = o.target_id, place_id = o.place_id,
        scheme_version = o.scheme_version, activity = o.activity, window_start = o.window_start, window_end = o.window_end
      from owed o where d.id = o.id and d.window_start > ${today}::date and d.fulfilled_on is null and d.excuse is null
        and (d.contactor_id, d.substitute_id, d.target_id, d.place_id, d.scheme_version, d.activity, d.window_start, d.window_end)
          is distinct from (o.contactor_id, o.substitute_id, o.target_id, o.place_id, o.scheme_version, o.activity, o.window_start, o.window_end)
      returning 1),
    stood_in as (
      update duty d set version = d.version + 1, substitute_id = o.substitute_id
      from owed o where d.id = o.id and d.window_start <= ${today}::date and d.window_end >= ${today}::date
        and d.fulfilled_on is null and d.excuse is null and d.substitute_id is distinct from o.substitute_id
      returning 1),
    removed as (
      delete from duty d using obliged a where d.assignment_id = a.id and d.scheme = a.scheme
        and d.window_start > ${today}::date and d.window_start <= ${horizonOf(today)}::date and d.fulfilled_on is null and d.excuse is null
        and d.id not in (select id from owed)
      returning 1)
    select (select count(*)::int from added) as added,
      (select count(*)::int from moved) + (select count(*)::int from stood_in) as changed,
      (select count(*)::int from removed) as removed`.execute(db);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(db);
  if (owedUnder === 'ASSISTANCE')
    await sql`
      update assistance set duties_until = ${horizonOf(today)}::date where id = any(${obliged.map(({ id }) => id)}::uuid[])`.execute(
      db,
    );
  return rows[0] as Regenerated;
}
