import { addDays } from '@frontline/calendar';
import { connect, sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import type { DutyState } from '../duty/duty-state.ts';
import { stateOf } from '../duty/duty.queries.ts';
import {
  dutyEntry,
  seatEntry,
  type CalendarEntry,
  type DutyToShow,
  type Named,
  type SeatToShow,
} from './calendar-entries.ts';
import { CalendarFeed } from './calendar-feed.entity.ts';

/** Days that a feed shows, before today and after it. */
const DAYS_BACK = 62;
const DAYS_AHEAD = 400;

/** Most entries of a kind in one feed; nobody owes more in that time. */
const MOST = 2_000;

/** The first day that a feed shows. */
export const firstDayOf = (today: string): string => addDays(today, -DAYS_BACK);

/** The feeds that the caller may see, latest first. */
export async function calendarFeeds(ctx: Ctx): Promise<CalendarFeed[]> {
  return (await connect(ctx, CalendarFeed, { first: 100 }, { order: [['t.created_at', 'desc']] })).nodes;
}

/** What stands in a cadre's calendar: what they owe, alone, with others, as a liaison or for somebody; and where they receive. */
export async function entriesOf(ctx: Ctx, { cadreId, writtenIn }: CalendarFeed): Promise<CalendarEntry[]> {
  const today = ctx.today();
  const [from, to] = [firstDayOf(today), addDays(today, DAYS_AHEAD)];
  const db = ctx.em.getKysely();
  const duties = await sql<DutyToShow & { state: DutyState }>`
    select t.id, t.activity, t.window_start::text as "windowStart", t.window_end::text as "windowEnd", ${stateOf(today)} as state,
      ${nameOf('t.place_id', today)} as place,
      (select jsonb_build_object('zh', s.name_zh, 'en', s.name_en) from contact_scheme s where s.code = t.scheme) as scheme
    from duty t
    where t.id in (
      select d.id from duty d where d.contactor_id = ${cadreId} and d.window_end >= ${from}::date and d.window_start <= ${to}::date
      union select d.id from duty d where d.substitute_id = ${cadreId} and d.window_end >= ${from}::date and d.window_start <= ${to}::date
      union select d.id from contact_assignment a join duty d on d.assignment_id = a.id
        where (a.co_contactor_ids @> ${[cadreId]}::uuid[] or a.liaison_ids @> ${[cadreId]}::uuid[])
          and d.window_end >= ${from}::date and d.window_start <= ${to}::date
          -- who has left an assignment no longer goes along
          and (a.valid_to is null or d.window_start < a.valid_to))
    order by t.window_start, t.id limit ${MOST}::int`.execute(db);
  const seats = await sql<SeatToShow & { venue: Named | undefined }>`
    select s.id, r.date::text as date, r.cancelled_on is not null as "isCancelled", ${nameOf('r.venue_id', today)} as venue
    from reception_seat s join reception_day r on r.id = s.reception_day_id
    where s.cadre_id = ${cadreId} and s.attended is distinct from false and r.date between ${from}::date and ${to}::date
    order by r.date, s.id limit ${MOST}::int`.execute(db);
  return [
    ...duties.rows.map((duty) => dutyEntry(duty, writtenIn)),
    ...seats.rows.map((seat) => seatEntry(seat, writtenIn)),
  ];
}

/** The names of an organization on a day as JSON. */
const nameOf = (column: string, day: string): Sql =>
  sql`(select jsonb_build_object('zh', n.zh, 'en', n.en) from organization_name n
    where n.organization_id = ${sql.ref(column)} and ${validOn('n', day)} limit 1)`;
