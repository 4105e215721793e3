import { LEFT_SERVICE, organizationRecord } from '@frontline/events';
import { sql, validOn, type Ctx } from '@frontline/platform';
import type { AccountGrant } from './account.entity.ts';

/**
 * Who a subject of the issuer is here; `undefined` for somebody without an account, who then may do nothing, and for a
 * cadre who has left the district's service by today. A grant of a place that has ended gives nothing: its heir's people
 * have one there, and one that nobody took over is a place no more.
 */
export async function identityOf(
  ctx: Ctx,
  sub: string,
): Promise<{ cadreId?: string; grants: AccountGrant[] } | undefined> {
  const { rows } = await sql<{ cadre_id: string | null; grants: AccountGrant[] }>`
    select a.cadre_id, coalesce((
        select jsonb_agg(g.held order by g.nth) from jsonb_array_elements(a.grants) with ordinality as g(held, nth)
        where not exists (select 1 from local_copy c where c.aggregate_type = ${organizationRecord.aggregate}
          and c.id = (g.held ->> 'place')::uuid and (c.data ->> 'until')::date <= ${ctx.today()}::date)), '[]') as grants
    from account a where a.sub = ${sub} and not exists (
      select 1 from status_period s where s.cadre_id = a.cadre_id and s.status = any(${[...LEFT_SERVICE]}::text[])
        and ${validOn('s', ctx.today())})`.execute(ctx.em.getKysely());
  const account = rows[0];
  return account && { grants: account.grants, ...(account.cadre_id && { cadreId: account.cadre_id }) };
}
