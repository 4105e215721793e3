import { changeAll, checkedId, sql, validOn, type Ctx, type Unit } from '@frontline/platform';
import type { SchemeTerms } from '../duty/obligations.ts';
import { delegatesOf } from './delegates.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import { receptionErrors } from './reception.errors.ts';
import type { PlanReceptionsInput } from './reception.inputs.ts';
import { receptionPolicyOn } from './reception-policy.ts';
import {
  RECEPTION_SCHEME,
  communitiesInTurn,
  receptionId,
  receptionsAsked,
  seatId,
  type AskedReception,
} from './reception-schedule.ts';
import { lockRota, mendRota, type MendedRota } from './mend-rota.commands.ts';

/** Years after this one that may be planned. */
const YEARS_AHEAD = 2;

/** Kept with a reception that a new version of the scheme no longer asks for. */
const NO_LONGER_ASKED = '制度调整，不再安排 · the schedule no longer asks for it';

/** What had to be done so that a year's receptions are what its schedule says, and how even its rota is. */
export interface PlannedReceptions extends MendedRota {
  year: number;
  added: number;
  changed: number;
  cancelled: number;
  /** Subdistricts in which nobody can be received on some day: no service centre, or no community. */
  withoutVenueIds: readonly string[];
}

/** One reception that is to be, with its place. */
interface Wanted extends AskedReception {
  readonly id: string;
  readonly subdistrictId: string;
  readonly venueId: string;
  readonly seats: number;
}

/** A subdistrict on a day, with where people can be received. */
interface Place {
  day: string;
  subdistrictId: string;
  centres: string[];
  communities: string[];
}

/**
 * Plans the receptions of a year that still lie ahead, from tomorrow on, and makes the district's rota of that year.
 * Natural keys make it idempotent: asked again it adds what is missing, puts what the scheme has since moved on its new
 * day, cancels what it no longer asks for, and mends the rota. What was moved, cancelled, held or is past stays.
 */
export async function planReceptions(ctx: Ctx, input: PlanReceptionsInput): Promise<PlannedReceptions> {
  const { year } = input;
  const thisYear = Number(ctx.today().slice(0, 4));
  if (year < thisYear || year > thisYear + YEARS_AHEAD)
    throw receptionErrors('reception.year', { from: thisYear }, { field: 'input.year' });
  for (const name of ['seatsMonthly', 'communities', 'seatsConcentrated'] as const) checkNumber(input[name], name);
  const within = input.within ? checkedId(input.within, 'input.within') : undefined;
  return changeAll(ctx, async (unit) => {
    await lockRota(unit.ctx);
    const asked = receptionsAsked(await schemeVersions(unit.ctx), year);
    if (asked.length === 0)
      throw receptionErrors('reception.noScheme', { scheme: RECEPTION_SCHEME, year }, { field: 'input.year' });
    const places = await placesOn(unit.ctx, [...new Set(asked.map(({ date }) => date))], within);
    const wanted = asked.flatMap((one) => wantedOf(one, asked, places, input));
    const { added, changed, cancelled } = await reconcile(unit, wanted, year, within);
    const mended = await mendRota(unit, year, await delegatesOf(unit.ctx), [...added, ...changed]);
    const venueless = places.filter(({ centres, communities }) => centres.length === 0 || communities.length === 0);
    return {
      ...mended,
      year,
      added: added.length,
      changed: changed.length,
      cancelled,
      withoutVenueIds: [...new Set(venueless.map(({ subdistrictId }) => subdistrictId))],
    };
  });
}

function wantedOf(
  one: AskedReception,
  asked: readonly AskedReception[],
  places: readonly Place[],
  input: PlanReceptionsInput,
): Wanted[] {
  const { kind, occurrence, date } = one;
  const policy = receptionPolicyOn(date);
  const there = places.filter(({ day }) => day === date);
  if (kind === 'MONTHLY')
    return there.flatMap(({ subdistrictId, centres: [venueId] }) => {
      const seats = input.seatsMonthly ?? policy.seatsMonthly;
      return venueId
        ? [{ ...one, id: receptionId(subdistrictId, kind, occurrence), subdistrictId, venueId, seats }]
        : [];
    });
  const concentrated = asked.filter((each) => each.kind === 'CONCENTRATED');
  const turn = Number(date.slice(0, 4)) * concentrated.length + concentrated.indexOf(one);
  const seats = input.seatsConcentrated ?? policy.seatsConcentrated;
  return there.flatMap(({ subdistrictId, communities }) =>
    communitiesInTurn(communities, input.communities ?? policy.communities, turn).map((venueId, at) => ({
      ...one,
      id: receptionId(subdistrictId, kind, occurrence, at + 1),
      subdistrictId,
      venueId,
      seats,
    })),
  );
}

/** Makes what is missing, moves and cancels what the schedule has changed since. Touches nothing that does not lie ahead. */
async function reconcile(unit: Unit, wanted: readonly Wanted[], year: number, within: string | undefined) {
  const today = unit.ctx.today();
  const known = await unit.loadAll(ReceptionDay, { occurrence: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } });
  const inScope = within ? new Set(await organizationsWithin(unit.ctx, within)) : undefined;
  const byId = new Map(wanted.map((one) => [one.id, one]));
  const done = { added: [] as ReceptionDay[], changed: [] as ReceptionDay[], cancelled: 0 };
  for (const day of known) {
    const isOthers = inScope && !inScope.has(day.subdistrictId);
    // what people moved stays where they put it
    if (isOthers || day.movedFrom || !day.isAhead(today)) continue;
    const plan = byId.get(day.id);
    if (plan && (await follow(unit, day, plan))) done.changed.push(day);
    if (plan) continue;
    unit.emit(day, ...day.cancel(NO_LONGER_ASKED, today));
    done.cancelled += 1;
  }
  const there = new Set(known.map(({ id }) => id));
  for (const plan of wanted.filter(({ id, date }) => date > today && !there.has(id))) done.added.push(add(unit, plan));
  return done;
}

/** Makes a reception that lies ahead what the plan says; true when something changed. */
async function follow(unit: Unit, day: ReceptionDay, plan: Wanted): Promise<boolean> {
  const { venueId, seats, schemeVersion } = plan;
  // what is put on a day that has come stays on its own
  const date = plan.date > unit.ctx.today() ? plan.date : day.date;
  if (date === day.date && venueId === day.venueId && seats === day.seats) return false;
  Object.assign(day, { date, venueId, seats, schemeVersion });
  const held = await unit.ctx.em.find(ReceptionSeat, { receptionDayId: day.id });
  for (const seat of held.filter(({ nth }) => nth > seats)) unit.ctx.em.remove(seat);
  for (let nth = held.length + 1; nth <= seats; nth += 1) unit.addOwned(emptySeat(day.id, nth));
  return true;
}

function add(unit: Unit, plan: Wanted): ReceptionDay {
  const { id, kind, occurrence, date, subdistrictId, venueId, seats, schemeVersion } = plan;
  const fields = { id, kind, occurrence, date, subdistrictId, venueId, seats, schemeVersion };
  for (let nth = 1; nth <= seats; nth += 1) unit.addOwned(emptySeat(id, nth));
  return unit.add(Object.assign(new ReceptionDay(), fields));
}

const emptySeat = (receptionDayId: string, nth: number): ReceptionSeat =>
  Object.assign(new ReceptionSeat(), { id: seatId(receptionDayId, nth), receptionDayId, nth });

function checkNumber(value: number | null | undefined, name: string): void {
  if (value !== null && value !== undefined && (value < 1 || value > 50))
    throw receptionErrors('reception.number', { min: 1, max: 50 }, { field: `input.${name}` });
}

async function schemeVersions(ctx: Ctx): Promise<SchemeTerms[]> {
  const { rows } = await sql<SchemeTerms>`
    select v.number, v.valid_from::text as "validFrom", v.valid_to::text as "validTo", v.duties
    from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id where s.code = ${RECEPTION_SCHEME}`.execute(
    ctx.em.getKysely(),
  );
  return rows;
}

/** The subdistricts and towns of each day, with their service centres and communities of that day in order of code. */
async function placesOn(ctx: Ctx, days: readonly string[], within: string | undefined): Promise<Place[]> {
  const scope = within
    ? sql`and exists (select 1 from organization_path up where up.descendant_id = o.id and up.ancestor_id = ${within}
        and up.valid_from <= d.day and (up.valid_to is null or d.day < up.valid_to))`
    : sql``;
  const { rows } = await sql<Place>`
    select d.day::text as day, o.id as "subdistrictId",
      coalesce(array_agg(v.id::text order by v.code) filter (where v.kind = 'SERVICE_CENTRE'), '{}') as centres,
      coalesce(array_agg(v.id::text order by v.code) filter (where v.kind = 'RESIDENTIAL_AREA'), '{}') as communities
    from unnest(${[...days]}::date[]) as d(day)
    join organization o on o.kind in ('SUBDISTRICT', 'TOWN') and o.valid_from <= d.day and (o.valid_to is null or d.day < o.valid_to)
    left join organization_path op on op.ancestor_id = o.id and op.tree = 'TERRITORY' and op.valid_from <= d.day
      and (op.valid_to is null or d.day < op.valid_to)
    left join organization v on v.id = op.descendant_id and v.kind in ('SERVICE_CENTRE', 'RESIDENTIAL_AREA')
      and v.valid_from <= d.day and (v.valid_to is null or d.day < v.valid_to)
    where true ${scope} group by d.day, o.id, o.code order by d.day, o.code`.execute(ctx.em.getKysely());
  return rows;
}

async function organizationsWithin(ctx: Ctx, within: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select op.descendant_id as id from organization_path op where op.ancestor_id = ${within} and ${validOn('op', ctx.today())}`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(({ id }) => id);
}
