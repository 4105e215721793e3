import { organizationPathChanged } from '@frontline/events';
import { changeAll, factRow, insertOutbox, sql, transaction, type Ctx } from '@frontline/platform';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { followEnds } from './ends-followed.ts';
import { lockTrees, organizationsBelow } from './organization-path.ts';
import { organizationRecordOf, parentsToday, wasTold, type OrganizationFacts } from './organization-record.ts';
import { tellSuccessions } from './successions-told.ts';

type Told = OrganizationFacts & { toldPath: string[] | null; toldStatus: string | null };

/** What a telling came to: organizations whose place or end was told, and assignments that followed a succession. */
export interface ToldOfTree {
  places: number;
  followed: number;
}

/**
 * Tells what the day has brought: places and ends of organizations that are others than were told last, and successions
 * whose day has come. Each is told once, however often and by how many this is run, and after however long an outage.
 */
export async function tellTreeToday(ctx: Ctx): Promise<ToldOfTree> {
  const places = await transaction(ctx, (tx) => tellPlaces(tx), true);
  return { places, followed: await followDueSuccessions(ctx) };
}

/** The same after an import, for what it brought and whatever stands below: a parent alone may have changed. */
export async function tellImportedTree(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await tellPlaces(ctx, await organizationsBelow(ctx, ids));
  await followDueSuccessions(ctx);
}

/** Lets follow what successions and ends whose day has come concern, and tells of them; gives how many assignments changed. */
export async function followDueSuccessions(ctx: Ctx): Promise<number> {
  const followed = await changeAll(ctx, async (unit) => {
    await lockTrees(unit.ctx);
    return [...(await tellSuccessions(unit)), ...(await followEnds(unit))];
  });
  if (followed.length > 0) await regenerateDuties(ctx, { assignmentIds: followed });
  return followed.length;
}

/** Set-based, since the district's root may be what has changed; from the top down, so that copies of parents go ahead. */
async function tellPlaces(ctx: Ctx, ids?: readonly string[]): Promise<number> {
  await lockTrees(ctx);
  const db = ctx.em.getKysely();
  const { rows } = await sql<Told>`
    select id, code, kind, sector, status, valid_from::text as "validFrom", valid_to::text as "validTo",
      told_path::text[] as "toldPath", told_status as "toldStatus"
    from organization ${ids ? sql`where id = any(${[...ids]}::uuid[])` : sql``}`.execute(db);
  const parents = await parentsToday(
    ctx,
    rows.map(({ id }) => id),
  );
  const changed = rows
    .map((row) => ({ row, record: organizationRecordOf(row, parents, ctx.today()) }))
    .filter(({ row, record }) => !wasTold(row, record))
    .map(({ record }) => record)
    .sort((a, b) => a.path.length - b.path.length || (a.id < b.id ? -1 : 1));
  const sequences = await rememberTold(ctx, changed, 1);
  const facts = changed.map((record) =>
    factRow(organizationPathChanged.of({ record }), record.id, Number(sequences.get(record.id)), ctx.now()),
  );
  await insertOutbox(ctx, facts);
  return changed.length;
}

/** Notes what others are told of these organizations by `facts` facts each; gives the sequences of the last ones. */
export async function rememberTold(
  ctx: Ctx,
  records: readonly { id: string; path: readonly string[]; status: string }[],
  facts: 0 | 1,
): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  const { rows } = await sql<{ id: string; sequence: string }>`
    update organization t
    set told_path = string_to_array(r.path, ',')::uuid[], told_status = r.status,
      event_sequence = t.event_sequence + ${facts}, version = t.version + ${facts}
    from unnest(${records.map(({ id }) => id)}::uuid[], ${records.map(({ path }) => path.join())}::text[], ${records.map(({ status }) => status)}::text[]) as r(id, path, status)
    where t.id = r.id returning t.id, t.event_sequence as sequence`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, sequence }) => [id, sequence]));
}
