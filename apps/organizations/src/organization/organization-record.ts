import { type organizationRecord, type RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';

/** The records of these organizations, from the rows as they stand now; the path follows the latest parents. */
export async function organizationRecords(
  ctx: Ctx,
  ids: readonly string[],
): Promise<RecordOf<typeof organizationRecord>[]> {
  const { rows } = await sql<{ record: RecordOf<typeof organizationRecord> }>`
    with recursive latest as (
      select distinct on (organization_id) organization_id, parent_id from organization_parent order by organization_id, valid_to desc nulls first, valid_from desc
    ), path as (
      select o.id as start, o.id, array[o.id] as ids from organization o where o.id = any(${[...ids]}::uuid[])
      union all
      select path.start, latest.parent_id, latest.parent_id || path.ids from path join latest on latest.organization_id = path.id where latest.parent_id <> all(path.ids)
    ), whole as (select distinct on (start) start, ids from path order by start, cardinality(ids) desc)
    select json_strip_nulls(json_build_object('id', t.id, 'code', t.code, 'kind', t.kind, 'sector', t.sector, 'status', t.status, 'from', t.valid_from, 'until', t.valid_to,
      'path', w.ids, 'parentId', case when cardinality(w.ids) > 1 then w.ids[cardinality(w.ids) - 1] end)) as record
    from organization t join whole w on w.start = t.id`.execute(ctx.em.getKysely());
  return rows.map(({ record }) => record);
}
