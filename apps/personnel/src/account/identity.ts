import { sql, type Ctx } from '@frontline/platform';
import type { AccountGrant } from './account.entity.ts';

/** Who a subject of the issuer is here; `undefined` for somebody without an account, who then may do nothing. */
export async function identityOf(
  ctx: Ctx,
  sub: string,
): Promise<{ cadreId?: string; grants: AccountGrant[] } | undefined> {
  const { rows } = await sql<{
    cadre_id: string | null;
    grants: AccountGrant[];
  }>`select cadre_id, grants from account where sub = ${sub}`.execute(ctx.em.getKysely());
  const account = rows[0];
  return account && { grants: account.grants, ...(account.cadre_id && { cadreId: account.cadre_id }) };
}
