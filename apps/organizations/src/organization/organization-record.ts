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
 * Under what each organization stands today, by id: the parent that holds today, not one of a change that lies ahead; the
 * latest one for an organization that has ended.
 */
export async function parentsToday(ctx: Ctx): Promise<Map<string, string>> {
  const { rows } = await sql<{ organization_id: string; parent_id: string }>`
    select distinct on (t.organization_id) t.organization_id, t.parent_id from organization_parent t
    order by t.organization_id, (${validOn('t', ctx.today())}) desc, t.valid_to desc nulls first, t.valid_from desc`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map((row) => [row.organization_id, row.parent_id]));
}

/** What others copy of an organization, with its path from the root down to itself. */
export function organizationRecordOf(
  facts: OrganizationFacts,
  parents: ReadonlyMap<string, string>,
): RecordOf<typeof organizationRecord> {
  const { id, code, kind, sector, status, validFrom, validTo } = facts;
  const path = [id];
  for (let parent = parents.get(id); parent && !path.includes(parent); parent = parents.get(parent))
    path.unshift(parent);
  const parentId = path.at(-2);
  return {
    id,
    code,
    kind,
    status,
    from: validFrom,
    path,
    ...(sector && { sector }),
    ...(parentId && { parentId }),
    ...(validTo && { until: validTo }),
  };
}

/** The records of these organizations as they stand now: what a snapshot serves. */
export async function organizationRecords(
  ctx: Ctx,
  ids: readonly string[],
): Promise<RecordOf<typeof organizationRecord>[]> {
  const parents = await parentsToday(ctx);
  const { rows } = await sql<OrganizationFacts>`
    select id, code, kind, sector, status, valid_from::text as "validFrom", valid_to::text as "validTo"
    from organization where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return rows.map((facts) => organizationRecordOf(facts, parents));
}
