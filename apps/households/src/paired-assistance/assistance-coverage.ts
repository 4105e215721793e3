import { cadreRecord } from '@frontline/events';
import { sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import { withinPlace } from '../directory/places.ts';
import { assistedOn, inHardshipOn } from '../household/household.queries.ts';
import type { AssistanceCoverage } from './paired-assistance.entity.ts';

/** Statuses that end a cadre's service; their posts end with them, so that earlier days are answered as of then. */
const LEFT = ['RETIRED', 'DEPARTED'];

/** Whether some period of a copied record's list covers the day: `$.posts[*]` or `$.partyMember[*]`. */
function holdsOn(list: 'posts' | 'partyMember', day: string): Sql {
  return sql`jsonb_path_exists(c.data, ${sql.lit(`$.${list}[*] ? (@.from <= $day && (!exists(@.until) || @.until > $day))`)}::jsonpath, ${JSON.stringify({ day })}::jsonb)`;
}

/**
 * Active party cadres of a day ("机关党员干部都必须…"), by our copies of personnel's records: in the Party, holding a post,
 * and not gone. Each of them should assist at least one household.
 */
export function activePartyCadres(day: string): Sql {
  return sql`select c.id from local_copy c where c.aggregate_type = ${sql.lit(cadreRecord.aggregate)}
    and c.data ->> 'status' <> all(${LEFT}::text[]) and ${holdsOn('partyMember', day)} and ${holdsOn('posts', day)}`;
}

/**
 * How far paired assistance reaches on a day, in the whole district or in one place. Both sides are counted from the
 * records of that day. A place narrows the households; a cadre counts there when they assist a household there.
 */
export async function assistanceCoverage(ctx: Ctx, asOf: string, within?: string): Promise<AssistanceCoverage> {
  const there = within ? withinPlace('t.residential_area_id', within) : sql`true`;
  const assistsThere = within ? sql`and ${withinPlace('p.residential_area_id', within)}` : sql``;
  const { rows } = await sql<{ cadres: number; assisting: number; households: number; assisted: number }>`
    with cadre as materialized (${activePartyCadres(asOf)}),
    hardship as (select t.id, ${assistedOn(asOf)} as assisted from household t where ${inHardshipOn(asOf)} and ${there})
    select (select count(*)::int from cadre) as cadres,
      (select count(*)::int from cadre
        where id in (select p.cadre_id from paired_assistance p where ${validOn('p', asOf)} ${assistsThere})) as assisting,
      (select count(*)::int from hardship) as households,
      (select count(*)::int from hardship where assisted) as assisted`.execute(ctx.em.getKysely());
  const { cadres = 0, assisting = 0, households = 0, assisted = 0 } = rows[0] ?? {};
  return {
    asOf,
    cadres: { eligible: cadres, covered: assisting },
    households: { eligible: households, covered: assisted },
  };
}
