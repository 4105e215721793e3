import type { organizationRecord, RecordOf } from '@frontline/events';
import { sql, validOn, type Ctx } from '@frontline/platform';

/** The columns of an organization that its record shows. */
export interface OrganizationFacts {
  id: string;
  code: string;
  kind: string;
  sector?: string | null;
  status: 'ACTIVE' | 'MERGED' | 'DISSOLVED';
  validFrom: string;
  validTo?: string | null;
}

/**
 * Under what these organizations and everything above them stand today, by id: the parent that holds today, not one of a
 * change that lies ahead; the latest one for an organization that has ended. The territory goes before the functions.
 */
export async function parentsToday(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const parent = (of: string) => sql`lateral (
    select t.parent_id from organization_parent t where t.organization_id = ${sql.ref(of)}
    order by (${validOn('t', ctx.today())}) desc, (t.tree = 'TERRITORY') desc, t.valid_to desc nulls first, t.valid_from desc limit 1) p`;
  const { rows } = await sql<{ id: string; parent_id: string }>`
    with recursive above as (
      select r.id, p.parent_id from unnest(${[...ids]}::uuid[]) as r(id) cross join ${parent('r.id')}
      union
      select above.parent_id, p.parent_id from above cross join ${parent('above.parent_id')}
    )
    select id, parent_id from above`.execute(ctx.em.getKysely());
  return new Map(rows.map((row) => [row.id, row.parent_id]));
}

/** Whether an organization exists on a day: what is said of its end holds from that day on. */
export function statusOn(
  { status, validTo }: Pick<OrganizationFacts, 'status' | 'validTo'>,
  day: string,
): OrganizationFacts['status'] {
  return validTo && day < validTo ? 'ACTIVE' : status;
}

/** What others copy of an organization on a day, with its path from the root down to itself. */
export function organizationRecordOf(
  facts: OrganizationFacts,
  parents: ReadonlyMap<string, string>,
  today: string,
): RecordOf<typeof organizationRecord> {
  const { id, code, kind, sector, validFrom, validTo } = facts;
  const path = [id];
  for (let parent = parents.get(id); parent && !path.includes(parent); parent = parents.get(parent))
    path.unshift(parent);
  const parentId = path.at(-2);
  return {
    id,
    code,
    kind,
    status: statusOn(facts, today),
    from: validFrom,
    path,
    ...(sector && { sector }),
    ...(parentId && { parentId }),
    ...(validTo && { until: validTo }),
  };
}

/** Whether others know of an organization's place and end what its record says by now. */
export function wasTold(
  { toldPath, toldStatus }: { toldPath?: readonly string[] | null; toldStatus?: string | null },
  { path, status }: RecordOf<typeof organizationRecord>,
): boolean {
  return toldPath?.join() === path.join() && toldStatus === status;
}

/** The records of these organizations as they stand now: what a snapshot serves. */
export async function organizationRecords(
  ctx: Ctx,
  ids: readonly string[],
): Promise<RecordOf<typeof organizationRecord>[]> {
  const parents = await parentsToday(ctx, ids);
  const { rows } = await sql<OrganizationFacts>`
    select id, code, kind, sector, status, valid_from::text as "validFrom", valid_to::text as "validTo"
    from organization where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return rows.map((facts) => organizationRecordOf(facts, parents, ctx.today()));
}
