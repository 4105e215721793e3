import { type cadreRecord, type RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';

/** What other services copy of a cadre: no name, no date of birth. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

/** The records of these cadres, from the rows as they stand in this transaction. */
export async function cadreRecords(ctx: Ctx, ids: readonly string[]): Promise<CadreFacts[]> {
  const { rows } = await sql<{ record: CadreFacts }>`
    select json_strip_nulls(json_build_object(
      'id', t.id, 'staffNumber', t.staff_number, 'status', t.status,
      'ranks', coalesce((select json_agg(json_build_object('rank', r.rank, 'from', r.valid_from, 'until', r.valid_to) order by r.valid_from) from rank_period r where r.cadre_id = t.id), '[]'),
      'posts', coalesce((select json_agg(json_build_object('organizationId', p.organization_id, 'from', p.valid_from, 'until', p.valid_to) order by p.valid_from, p.id) from post p where p.cadre_id = t.id), '[]'),
      'partyMember', coalesce((select json_agg(json_build_object('from', m.valid_from, 'until', m.valid_to) order by m.valid_from) from membership m where m.cadre_id = t.id and m.kind = 'PARTY'), '[]'),
      'liaisonIds', coalesce((select json_agg(json_build_object('cadreId', l.liaison_id, 'from', l.valid_from, 'until', l.valid_to) order by l.valid_from, l.id) from liaison l where l.cadre_id = t.id), '[]')
    )) as record
    from cadre t where t.id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return rows.map(({ record }) => record);
}
