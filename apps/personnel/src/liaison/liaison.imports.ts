import { isOffice, organizationRecord } from '@frontline/events';
import { importBatch, importer, refuseUnknown, sql, type Ctx, type Importer } from '@frontline/platform';
import { id, validity } from '@frontline/platform/import-fields';
import { tellingChanges } from '../cadre/cadre.imports.ts';
import { LEADING_RANKS } from '../cadre/career.ts';
import { periodOf } from '../cadre/personnel-file.ts';
import { lasting } from '../effective/imported-periods.ts';
import { mostAtOnce } from '../effective/timeline.ts';
import { Liaison } from './liaison.entity.ts';
import { liaisonErrors } from './liaison.errors.ts';
import { MAX_LIAISONS } from './liaison-rules.ts';

const liaisonLine = lasting({ id, cadreId: id, liaisonId: id });

/** How a liaison is brought in; the rules are those of an assignment, asked of what then stands. */
export const liaisonImporter: Importer = importer(liaisonLine, async (ctx, lines) => {
  const leaders = lines.map(({ cadreId }) => cadreId);
  await refuseUnknown(ctx, 'cadre', [...leaders, ...lines.map(({ liaisonId }) => liaisonId)], 'liaison.cadreId');
  const rows = lines.map(({ from, until, ...line }) => ({ ...line, ...validity({ from, until }) }));
  await tellingChanges(ctx, leaders, async () => {
    await importBatch(ctx, Liaison, rows);
  });
  await refuseThird(ctx, leaders);
  const ids = rows.map((row) => row.id);
  await refuseLeadingLiaisons(ctx, ids);
  await refuseOtherThanOffice(ctx, ids);
});

async function refuseThird(ctx: Ctx, leaders: readonly string[]): Promise<void> {
  const { rows } = await sql<{ cadreId: string; validFrom: string; validTo: string | null }>`
    select cadre_id as "cadreId", valid_from::text as "validFrom", valid_to::text as "validTo" from liaison
    where cadre_id = any(${[...new Set(leaders)]}::uuid[])`.execute(ctx.em.getKysely());
  const byLeader = Map.groupBy(rows, ({ cadreId }) => cadreId);
  for (const [cadreId, held] of byLeader)
    if (mostAtOnce(held.map(periodOf)) > MAX_LIAISONS)
      throw liaisonErrors('liaison.third', { max: MAX_LIAISONS, cadreId }, { field: 'liaison.liaisonId' });
}

async function refuseLeadingLiaisons(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ liaisonId: string; rank: string; day: string }>`
    select l.liaison_id as "liaisonId", r.rank, greatest(r.valid_from, l.valid_from)::text as day from liaison l
    join rank_period r on r.cadre_id = l.liaison_id and r.rank = any(${[...LEADING_RANKS]}::text[])
      and daterange(r.valid_from, r.valid_to) && daterange(l.valid_from, l.valid_to)
    where l.id = any(${[...ids]}::uuid[]) limit 1`.execute(ctx.em.getKysely());
  if (rows[0]) throw liaisonErrors('liaison.rank', { ...rows[0] }, { field: 'liaison.liaisonId' });
}

/** The same as when one is assigned: an office cadre on the first day, as far as we know the organizations of their posts. */
async function refuseOtherThanOffice(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ liaisonId: string; day: string; kinds: (string | null)[] }>`
    select l.liaison_id as "liaisonId", l.valid_from::text as day, array(
      select o.data ->> 'kind' from post p
      left join local_copy o on o.aggregate_type = ${organizationRecord.aggregate} and o.id = p.organization_id
      where p.cadre_id = l.liaison_id and l.valid_from <@ daterange(p.valid_from, p.valid_to)) as kinds
    from liaison l where l.id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  for (const { liaisonId, day, kinds } of rows)
    if (!kinds.some(isOffice))
      throw liaisonErrors('liaison.office', { liaisonId, day }, { field: 'liaison.liaisonId' });
}
