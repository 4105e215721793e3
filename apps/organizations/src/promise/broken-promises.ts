import { promiseBroken } from '@frontline/events';
import { factRow, insertOutbox, sql, transaction, type Ctx } from '@frontline/platform';

/** Promises of one transaction. */
const CHUNK = 5_000;

/**
 * Tells of promises whose day has passed and that nobody has kept: each exactly once, however often and by how many this
 * is run. One that is kept afterwards is told as kept late. Returns how many were told.
 */
export async function tellBrokenPromises(ctx: Ctx): Promise<number> {
  for (let told = 0; ;) {
    const count = await transaction(ctx, tellSome, true);
    told += count;
    if (count < CHUNK) return told;
  }
}

async function tellSome(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string; cadreId: string; dueOn: string; sequence: string }>`
    with broken as (
      select p.id from promise p where p.kept_on is null and p.amended_away_at is null and not p.told_broken and p.due_on < ${ctx.today()}::date
      order by p.id limit ${CHUNK}::int for update skip locked)
    update promise t set told_broken = true, event_sequence = t.event_sequence + 1, version = t.version + 1
    from broken where t.id = broken.id
    returning t.id, t.cadre_id as "cadreId", t.due_on::text as "dueOn", t.event_sequence as sequence`.execute(
    ctx.em.getKysely(),
  );
  await insertOutbox(
    ctx,
    rows.map(({ id, cadreId, dueOn, sequence }) =>
      factRow(promiseBroken.of({ promiseId: id, cadreId, dueOn }), id, Number(sequence), ctx.now()),
    ),
  );
  return rows.length;
}
