import { contactAssignmentRecord, contactSchemeRecord, organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  manyBy,
  sql,
  validOn,
  withinPlaces,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { holdsPost, holdsRank } from '../cadre/cadre.queries.ts';
import { Liaison } from './liaison.entity.ts';
import type { LiaisonGapsArgs } from './liaison.inputs.ts';

/** Liaisons of a cadre on a day. */
export const liaisonsOf = (ctx: Ctx, cadreId: string, day: string): Promise<Liaison[]> =>
  manyBy(ctx, Liaison, 'cadreId', cadreId, { where: [validOn('t', day)], order: [['t.valid_from', 'asc']] });

/** Whom a cadre goes out with on a day. */
export const leadersOf = (ctx: Ctx, liaisonId: string, day: string): Promise<Liaison[]> =>
  manyBy(ctx, Liaison, 'liaisonId', liaisonId, { where: [validOn('t', day)], order: [['t.valid_from', 'asc']] });

/**
 * Cadres who hold on a day an assignment under a scheme that asks for liaisons then, by our copies of both: leaders who hold
 * a patch, say, go out without.
 */
export function underContactScheme(day: string): Sql {
  const asking = sql`select s.data ->> 'code' from local_copy s cross join lateral jsonb_array_elements(s.data -> 'versions') v
    where s.aggregate_type = ${sql.lit(contactSchemeRecord.aggregate)} and (v #>> '{liaisons,min}')::int > 0
      and (v ->> 'from')::date <= ${day}::date and coalesce(${day}::date < (v ->> 'until')::date, true)`;
  return sql`exists (select 1 from local_copy a where a.aggregate_type = ${sql.lit(contactAssignmentRecord.aggregate)}
    and a.data -> 'contactorIds' ? t.id::text and a.data ->> 'contactorKind' = 'CADRE'
    and a.data ->> 'scheme' = any(array(${asking}))
    and (a.data ->> 'from')::date <= ${day}::date and coalesce(${day}::date < (a.data ->> 'until')::date, true))`;
}

/** The gap list of the rule “one or two liaisons”: division-level cadres under such a scheme who have none on a day. */
export function liaisonGaps(ctx: Ctx, { on, within, ...page }: LiaisonGapsArgs): Promise<Connection<Cadre>> {
  const day = on ?? ctx.today();
  const there = within && withinPlaces(organizationRecord, sql.ref('p.organization_id'), [checkedId(within, 'within')]);
  return connect(ctx, Cadre, page, {
    where: [
      holdsRank(['DIVISION'], day),
      underContactScheme(day),
      sql`not exists (select 1 from liaison l where l.cadre_id = t.id and ${validOn('l', day)})`,
      there ? holdsPost(there as Sql, day) : undefined,
    ],
    order: [['t.staff_number', 'asc']],
  });
}
