import { contactAssignmentRecord, organizationRecord } from '@frontline/events';
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

/** Cadres who hold a contact assignment on a day, by our copy of the assignments: those under the contact scheme. */
export function underContactScheme(day: string): Sql {
  return sql`exists (select 1 from local_copy a where a.aggregate_type = ${sql.lit(contactAssignmentRecord.aggregate)}
    and a.data -> 'contactorIds' ? t.id::text and a.data ->> 'contactorKind' = 'CADRE'
    and (a.data ->> 'from')::date <= ${day}::date and coalesce(${day}::date < (a.data ->> 'until')::date, true))`;
}

/** The gap list of the rule “one or two liaisons”: division-level cadres under the contact scheme who have none on a day. */
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
