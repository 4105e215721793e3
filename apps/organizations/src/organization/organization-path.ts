import { sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import type { OrganizationTree } from './organization-enums.ts';

/**
 * `organization_path` holds, for each organization, every organization above it (and itself at depth 0) with the time for
 * which that was so: the two trees flattened, so that a question about a subtree costs the same at any depth. It is
 * derived from the effective-dated parents and follows them in one transaction.
 */
export async function rebuildPaths(ctx: Ctx): Promise<void> {
  await lockTrees(ctx);
  await sql`delete from organization_path`.execute(ctx.em.getKysely());
  await insertPaths(ctx, sql`true`);
}

/**
 * Lets one change of the trees at a time through, until the transaction ends: two moves that each make sense could make a
 * circle together. Readers are not held up.
 */
export async function lockTrees(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organization trees'))`.execute(ctx.em.getKysely());
}

/** These organizations and everything that stands, stood or will stand below them, as the paths know it by now. */
export async function organizationsBelow(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from unnest(${[...ids]}::uuid[]) as r(id)
    union select op.descendant_id from organization_path op where op.ancestor_id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/**
 * Makes the paths of these organizations anew, and no others. After a change of parents or of days these are the changed
 * ones and whatever stood below them before ({@link organizationsBelow}): a path that the change makes or unmakes runs
 * through a changed organization, and what leads from below up to the first of these was there before.
 */
export async function rebuildPathsOf(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const these = sql`any(${[...ids]}::uuid[])`;
  await sql`delete from organization_path where descendant_id = ${these}`.execute(ctx.em.getKysely());
  await insertPaths(ctx, sql`o.id = ${these}`);
}

/** The first of these organizations that stands below itself at some time, if one does. */
export async function firstInCircle(ctx: Ctx, ids: readonly string[]): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select p.tree, p.organization_id as id, p.parent_id, daterange(p.valid_from, p.valid_to) as during
      from organization_parent p where p.organization_id = any(${[...ids]}::uuid[])
      union
      select above.tree, above.id, p.parent_id, above.during * daterange(p.valid_from, p.valid_to)
      from above join organization_parent p on p.organization_id = above.parent_id and p.tree = above.tree
      where above.parent_id <> above.id and not isempty(above.during * daterange(p.valid_from, p.valid_to))
    )
    select id from above where parent_id = id limit 1`.execute(ctx.em.getKysely());
  return rows[0]?.id;
}

async function insertPaths(ctx: Ctx, which: Sql): Promise<void> {
  await sql`
    insert into organization_path (tree, ancestor_id, descendant_id, depth, valid_from, valid_to)
    with recursive path as (
      select trees.tree, o.id as ancestor_id, o.id as descendant_id, 0 as depth, daterange(o.valid_from, o.valid_to) as during
      from organization o cross join (values ('TERRITORY'), ('FUNCTION')) trees(tree) where ${which}
      union all
      select path.tree, p.parent_id, path.descendant_id, path.depth + 1, path.during * daterange(p.valid_from, p.valid_to)
      from path join organization_parent p on p.organization_id = path.ancestor_id and p.tree = path.tree
      where path.depth < 20 and not isempty(path.during * daterange(p.valid_from, p.valid_to))
    )
    select tree, ancestor_id, descendant_id, depth, lower(during), upper(during) from path where not isempty(during)`.execute(
    ctx.em.getKysely(),
  );
}

/** Rows of alias `t` that stand below an organization (itself included) in a tree on a day; any tree when none is named. */
export function standsBelow(ancestorId: string | Sql, day: string, tree?: OrganizationTree): Sql {
  return sql`exists (select 1 from organization_path op where op.descendant_id = t.id and op.ancestor_id = ${ancestorId}
    and ${validOn('op', day)} ${tree ? sql`and op.tree = ${tree}` : sql``})`;
}

/** Whether an organization lies in one of these places, or is one, today. */
export async function liesWithin(
  ctx: Ctx,
  organizationId: string,
  places: 'ALL' | readonly string[],
): Promise<boolean> {
  if (places === 'ALL') return true;
  const { rows } = await sql`
    select 1 from organization_path op where op.descendant_id = ${organizationId} and op.ancestor_id = any(${[...places]}::uuid[])
      and ${validOn('op', ctx.today())} limit 1`.execute(ctx.em.getKysely());
  return rows.length > 0;
}
