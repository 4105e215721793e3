import { LEFT_SERVICE } from '@frontline/events';
import { sql, validOn, type Ctx } from '@frontline/platform';
import type { AccountGrant } from './account.entity.ts';

/**
 * Who a subject of the issuer is here; `undefined` for somebody without an account, who then may do nothing, and for a
 * cadre who has left the district's service by today.
 */
export async function identityOf(
  ctx: Ctx,
  sub: string,
): Promise<{ cadreId?: string; grants: AccountGrant[] } | undefined> {
  const { rows } = await sql<{ cadre_id: string | null; grants: AccountGrant[] }>`
    select a.cadre_id, a.grants from account a where a.sub = ${sub} and not exists (
      select 1 from status_period s where s.cadre_id = a.cadre_id and s.status = any(${[...LEFT_SERVICE]}::text[])
        and ${validOn('s', ctx.today())})`.execute(ctx.em.getKysely());
  const account = rows[0];
  return account && { grants: account.grants, ...(account.cadre_id && { cadreId: account.cadre_id }) };
}
