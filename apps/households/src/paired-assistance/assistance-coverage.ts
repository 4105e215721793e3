import { cadreRecord } from '@frontline/events';
import { connect, sql, validOn, type Connection, type Ctx, type PageArgs, type Sql } from '@frontline/platform';
import { withinPlace } from '../directory/places.ts';
import { assistedOn, households, inHardshipOn } from '../household/household.queries.ts';
import type { Household } from '../household/household.entity.ts';
import { UnpairedCadre, type AssistanceCoverage } from './paired-assistance.entity.ts';

/**
 * Whom the scheme `assistance-care` asks, on a day, to assist at least one household ("机关党员干部都必须…": party cadres in
 * service), by our copies of the scheme and of personnel's records; of a place, those who hold a post there.
 */
function askedToAssist(day: string, within?: string | null): Sql {
  return sql`select distinct s.cadre_id as id from helper_post s where ${validOn('s', day)}
    ${within ? sql`and ${withinPlace('s.organization_id', within)}` : sql``}`;
}

/**
 * How far paired assistance reaches on a day, in the whole district or in one place. Both sides are counted from the
 * records of that day. A place narrows both: to households that live there, and to cadres who hold a post there,
 * wherever the households live whom they assist.
 */
export async function assistanceCoverage(ctx: Ctx, asOf: string, within?: string): Promise<AssistanceCoverage> {
  const there = within ? withinPlace('t.residential_area_id', within) : sql`true`;
  const { rows } = await sql<{ cadres: number; assisting: number; households: number; assisted: number }>`
    with cadre as materialized (${askedToAssist(asOf, within)}),
    hardship as (select t.id, ${assistedOn(asOf)} as assisted from household t where ${inHardshipOn(asOf)} and ${there})
    select (select count(*)::int from cadre) as cadres,
      (select count(*)::int from cadre
        where id in (select p.cadre_id from paired_assistance p where ${validOn('p', asOf)})) as assisting,
      (select count(*)::int from hardship) as households,
      (select count(*)::int from hardship where assisted) as assisted`.execute(ctx.em.getKysely());
  const { cadres = 0, assisting = 0, households = 0, assisted = 0 } = rows[0] ?? {};
  return {
    asOf,
    within: within ?? null,
    cadres: { eligible: cadres, covered: assisting },
    households: { eligible: households, covered: assisted },
  };
}

/** Of the side of the cadres: those counted as eligible who assist nobody, as far as the caller sees them. */
export function unpairedCadres(
  ctx: Ctx,
  { asOf, within }: AssistanceCoverage,
  page: PageArgs,
): Promise<Connection<UnpairedCadre>> {
  return connect(ctx, UnpairedCadre, page, {
    where: [
      sql`t.aggregate_type = ${sql.lit(cadreRecord.aggregate)} and t.id in (${askedToAssist(asOf, within)})`,
      sql`not exists (select from paired_assistance p where p.cadre_id = t.id and ${validOn('p', asOf)})`,
    ],
  });
}

/** Of the side of the households: those certified to be in hardship on the day whom nobody assists, as far as the caller sees them. */
export function uncoveredHouseholds(
  ctx: Ctx,
  { asOf, within }: AssistanceCoverage,
  page: PageArgs,
): Promise<Connection<Household>> {
  const filter = { hardshipOn: asOf, uncoveredOn: asOf, ...(within && { within }) };
  return households(ctx, { ...page, filter, order: 'CODE' });
}
