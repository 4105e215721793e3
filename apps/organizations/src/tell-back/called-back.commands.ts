import { changeAll, sql, transaction, type Ctx } from '@frontline/platform';
import { fulfilDuties } from '../duty/duty-fulfilment.ts';
import { TellBack } from './tell-back.entity.ts';

/**
 * A callback about the case of a demand reached the person on a day: they know what came of it. It tells what is owed to
 * them; one that comes before anything is owed is remembered until then.
 */
export function calledBack(ctx: Ctx, demandId: string, callbackId: string, on: string): Promise<void> {
  return holdingDemand(ctx, demandId, async (tx) => {
    await sql`
      insert into called_back (demand_id, callback_id, held_on) values (${demandId}, ${callbackId}, ${on}::date)
      on conflict (demand_id) do update set callback_id = excluded.callback_id, held_on = excluded.held_on`.execute(
      tx.em.getKysely(),
    );
    await tellByCallback(tx, demandId);
  });
}

/** What the person was told did not hold: their case is worked on again. */
export async function forgetCallback(ctx: Ctx, demandId: string): Promise<void> {
  await sql`delete from called_back where demand_id = ${demandId}`.execute(ctx.em.getKysely());
}

/** Tells by the callback that is remembered, if there is one, what is owed; late if its day had passed. Whoever told the person before counts. */
export async function tellByCallback(ctx: Ctx, demandId: string): Promise<void> {
  const { rows } = await sql<{ callbackId: string; on: string }>`
    select callback_id as "callbackId", held_on::text as "on" from called_back where demand_id = ${demandId}`.execute(
    ctx.em.getKysely(),
  );
  const [remembered] = rows;
  if (!remembered) return;
  await changeAll(ctx, async (unit) => {
    const [owed] = await unit.loadAll(TellBack, { demandId });
    if (!owed) return;
    await forgetCallback(unit.ctx, demandId);
    if (owed.toldOn) return;
    const { callbackId, on } = remembered;
    unit.emit(owed, ...owed.toldByCallback(callbackId, on));
    // nothing can be kept before it is owed
    const keptOn = on < owed.owedFrom ? owed.owedFrom : on;
    await fulfilDuties(unit, { id: owed.id, kind: 'TELL_BACK', on: keptOn }, [{ owedBy: owed.id, substituted: false }]);
  });
}

/** Works in a transaction that holds a demand: cases tells of its callbacks, households of its closing, and both may come at once. */
export function holdingDemand(ctx: Ctx, demandId: string, work: (tx: Ctx) => Promise<void>): Promise<void> {
  return transaction(
    ctx,
    async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`tell-back ${demandId}`}, 0))`.execute(
        tx.em.getKysely(),
      );
      await work(tx);
    },
    true,
  );
}
