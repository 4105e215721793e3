import { sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import type { OrganizationTree } from './organization-enums.ts';

/**
 * `organization_path` holds, for each organization, every organization above it (and itself at depth 0) with the time for
 * which that was so: the two trees flattened, so that a question about a subtree costs the same at any depth. It is
 * derived from the effective-dated parents and rebuilt with them in one transaction.
 */
export async function rebuildPaths(ctx: Ctx): Promise<void> {
  const db = ctx.em.getKysely();
  await sql`lock table organization_path in exclusive mode`.execute(db);
  await sql`delete from organization_path`.execute(db);
  await sql`
    insert into organization_path (tree, ancestor_id, descendant_id, depth, valid_from, valid_to)
    with recursive path as (
      select trees.tree, o.id as ancestor_id, o.id as descendant_id, 0 as depth, daterange(o.valid_from, o.valid_to) as during
      from organization o cross join (values ('TERRITORY'), ('FUNCTION')) trees(tree)
      union all
      select path.tree, p.parent_id, path.descendant_id, path.depth + 1, path.during * daterange(p.valid_from, p.valid_to)
      from path join organization_parent p on p.organization_id = path.ancestor_id and p.tree = path.tree
      where path.depth < 20 and not isempty(path.during * daterange(p.valid_from, p.valid_to))
    )
    select tree, ancestor_id, descendant_id, depth, lower(during), upper(during) from path where not isempty(during)`.execute(
    db,
  );
}

/** Rows of alias `t` that stand below an organization (itself included) in a tree on a day; any tree when none is named. */
export function standsBelow(ancestorId: string | Sql, day: string, tree?: OrganizationTree): Sql {
  return sql`exists (select 1 from organization_path op where op.descendant_id = t.id and op.ancestor_id = ${ancestorId}
    and ${validOn('op', day)} ${tree ? sql`and op.tree = ${tree}` : sql``})`;
}
