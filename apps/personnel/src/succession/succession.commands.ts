import { changeAll, sql, type Ctx, type Unit } from '@frontline/platform';
import { Account } from '../account/account.entity.ts';
import { OpenFiles } from '../cadre/open-file.ts';
import { followHeirs } from './follow-heirs.ts';
import { followedGrants } from './heirs.ts';
import { heirsOf } from './organization-heir.entity.ts';

/** An organization that another one goes on for since a day (YYYY-MM-DD) that has come. */
export interface Succession {
  organizationId: string;
  heirId: string;
  on: string;
}

/** What followed: cadres whose posts go on elsewhere, and accounts whose grants do. */
export interface Followed {
  posts: number;
  grants: number;
}

/**
 * Posts and account grants follow an organization to its heir. It is remembered, so that what is entered or imported
 * later, and organizations whose successions are told in another order, come to the same. Told again, nothing is left.
 */
export async function followSuccession(ctx: Ctx, { organizationId, heirId, on }: Succession): Promise<void> {
  await changeAll(ctx, async (unit) => {
    await sql`insert into organization_heir (organization_id, heir_id, since)
      values (${organizationId}::uuid, ${heirId}::uuid, ${on}::date) on conflict (organization_id) do nothing`.execute(
      unit.ctx.em.getKysely(),
    );
    await letPostsFollow(unit);
    await letGrantsFollow(unit);
  });
}

/** Whatever has not followed yet: a post that was being entered while its organization was taken over. */
export function followSuccessionsToday(ctx: Ctx): Promise<Followed> {
  return changeAll(ctx, async (unit) => ({ posts: await letPostsFollow(unit), grants: await letGrantsFollow(unit) }));
}

/** Lets posts follow, of these cadres or of all; each of them is told. Gives of how many. */
export async function letPostsFollow(unit: Unit, cadreIds?: readonly string[]): Promise<number> {
  const ids = await idsOf(
    unit.ctx,
    sql<{
      id: string;
    }>`select distinct p.cadre_id as id from organization_heir h join post p on p.organization_id = h.organization_id
      where (p.valid_to is null or p.valid_to > h.since) and ${cadreIds ? sql`p.cadre_id = any(${[...cadreIds]}::uuid[])` : sql`true`}`,
  );
  const files = new OpenFiles(unit);
  for (const file of await files.open(ids.map((id) => ({ id, field: 'cadre.id' }))))
    unit.emit(file.cadre, ...followHeirs(file));
  files.save();
  return ids.length;
}

/** Lets grants follow: who worked at a place that was taken over works at the heir's from then on. Gives of how many accounts. */
export async function letGrantsFollow(unit: Unit): Promise<number> {
  const { ctx } = unit;
  const ids = await idsOf(
    ctx,
    sql<{ id: string }>`select distinct a.id from account a cross join jsonb_array_elements(a.grants) g
      join organization_heir h on h.organization_id::text = lower(g ->> 'place')`,
  );
  const heirs = await heirsOf(ctx);
  for (const account of await unit.loadAll(Account, { id: { $in: ids } }))
    account.grants = followedGrants(account.grants, heirs, ctx.today());
  return ids.length;
}

async function idsOf(ctx: Ctx, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> {
  const { rows } = await query.execute(ctx.em.getKysely());
  return rows.map(({ id }) => id);
}
