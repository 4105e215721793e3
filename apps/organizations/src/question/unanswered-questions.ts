import { activityAmended } from '@frontline/events';
import { changeAll, sql, type Ctx, type Unit } from '@frontline/platform';
import { Activity, Demand } from '../activity/activity.entity.ts';
import { demandFactsOf } from '../activity/heard-demands.ts';
import { Question } from './question.entity.ts';

/**
 * Questions whose time to be answered is over become demands, each exactly once, however often and by how many this is
 * run; cases open from them as from any demand. Returns how many did.
 */
export async function unansweredBecomeDemands(ctx: Ctx): Promise<number> {
  const today = ctx.today();
  const { rows } = await sql<{ activityId: string }>`
    select distinct t.activity_id as "activityId" from question t
    where t.answered_at is null and t.demand_id is null and t.due_on < ${today}::date order by 1`.execute(
    ctx.em.getKysely(),
  );
  let became = 0;
  for (const { activityId } of rows)
    became += await changeAll(ctx, async (unit) => {
      const open = { activityId, answeredAt: null, demandId: null, dueOn: { $lt: today } };
      const questions = await unit.loadAll(Question, open);
      if (questions.length > 0) becomeDemands(unit, await unit.load(Activity, activityId), questions);
      return questions.length;
    });
  return became;
}

/**
 * What was asked and not answered is a demand for a case; whoever took part may dispose of it otherwise by an amendment,
 * as of any demand. The questions are open and locked.
 */
export function becomeDemands(unit: Unit, activity: Activity, questions: readonly Question[]): void {
  if (questions.length === 0) return;
  const demands = questions.map((question) => {
    const { activityId, text, categoryCode, caseKind, areaId } = question;
    const demand = Object.assign(new Demand(), {
      activityId,
      text,
      disposition: 'CASE',
      categoryCode,
      caseKind,
      areaId,
      householdId: null,
      outcome: null,
    } satisfies Partial<Demand>);
    unit.add(demand);
    unit.emit(question, ...question.becomeDemand(demand.id));
    return demand;
  });
  const { id: activityId, kind, heldAt, targetId } = activity;
  unit.emit(
    activity,
    activityAmended.of({
      activityId,
      kind,
      heldAt: heldAt.toISOString(),
      targetId,
      demands: demands.map(demandFactsOf),
      withdrawnDemandIds: [],
    }),
  );
}
