import { activityWithdrawn } from '@frontline/events';
import { changeAll, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { withdrawPromises } from '../promise/amend-promises.ts';
import { Activity, Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import { checkText } from './activity-rules.ts';
import { activityToAmend, keepHistory } from './amend-activity.commands.ts';
import type { WithdrawActivityInput } from './amend-activity.inputs.ts';
import { removeDemand } from './amendment.ts';
import { giveBackDuties } from './rejudged-duties.ts';

/**
 * Withdraws an activity: it did not take place, not on that day, or was recorded twice. It leaves the lists with its demands
 * and open promises and counts for nothing any more; what was recorded stays with its history. Refused while a case of it
 * has been concluded, once a promise of it was kept or broken, and for what something else rests on.
 */
export function withdrawActivity(ctx: Ctx, input: WithdrawActivityInput): Promise<Activity> {
  checkText(input.reason, 500, 'input.reason');
  return idempotently(ctx, 'withdrawActivity', Activity, input, (tx) => changeAll(tx, (unit) => withdraw(unit, input)));
}

async function withdraw(unit: Unit, input: WithdrawActivityInput): Promise<Activity> {
  const field = 'input.activityId';
  const now = unit.ctx.now();
  const { activity } = await activityToAmend(unit, input);
  if (activity.kind === 'RECEPTION' || (await isReliedOn(unit.ctx, activity.id)))
    throw activityErrors('activity.staysOnRecord', {}, { field });
  const demands = await unit.loadAll(Demand, { activityId: activity.id, amendedAwayAt: null });
  const removed = demands.map((demand) => ({ id: demand.id, ...removeDemand(demand, now, field) }));
  const promises = await withdrawPromises(unit, activity.id, now, field);
  activity.withdrawnAt = now;
  await giveBackDuties(unit, activity.id);
  const whole = { field: 'withdrawn', before: null, after: now.toISOString() };
  const changes = [whole, ...removed.flatMap((each) => each.changes), ...promises];
  await keepHistory(unit, activity, { reason: input.reason, at: now, changes, action: 'activity.withdrawn' });
  unit.emit(
    activity,
    activityWithdrawn.of({
      activityId: activity.id,
      kind: activity.kind,
      targetId: activity.targetId,
      withdrawnDemandIds: removed.filter(({ withdraws }) => withdraws).map(({ id }) => id),
    }),
  );
  return activity;
}

/** Whether somebody asked something there, or a reviewed plan names it as what was done. */
async function isReliedOn(ctx: Ctx, activityId: string): Promise<boolean> {
  const { rows } = await sql`
    select from question q where q.activity_id = ${activityId}
    union all select from pairing_plan p where p.items @> ${JSON.stringify([{ activityId }])}::jsonb limit 1`.execute(
    ctx.em.getKysely(),
  );
  return rows.length > 0;
}
