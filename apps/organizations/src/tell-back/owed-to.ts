import { sql, type Ctx, type Sql } from '@frontline/platform';
import { postsOf, standsInFor } from '../directory/cadre-copies.ts';

/** Tell-backs under an alias that a cadre owes, or stands in for on a day while whoever owes them is away. */
export const owedBy = (cadreId: string | null, day: string, alias = 't'): Sql =>
  cadreId === null
    ? sql`false`
    : sql`(${sql.ref(`${alias}.cadre_id`)} = ${cadreId}
        or ${sql.ref(`${alias}.told_on`)} is null and ${sql.ref(`${alias}.cadre_id`)} in (${standsInFor(cadreId, day)}))`;

/** Tell-backs under an alias that the asking cadre is to see though they heard nothing: those {@link owedBy} them or by their organization, and those they told. */
export function owedToAsker(ctx: Ctx, alias: string): Sql {
  const { actor } = ctx;
  const cadreId = actor.kind === 'person' ? (actor.cadreId ?? null) : null;
  if (cadreId === null) return sql`false`;
  return sql`(${owedBy(cadreId, ctx.today(), alias)} or ${sql.ref(`${alias}.told_by_id`)} = ${cadreId}
    or ${sql.ref(`${alias}.organization_id`)} in (${postsOf(cadreId, ctx.today())}))`;
}
