import { connect, manyBy, sql, type Connection, type Ctx, type Sql } from '@frontline/platform';
import { below } from '../activity/activity.queries.ts';
import { ownId } from '../promise/promise.queries.ts';
import { Question } from './question.entity.ts';
import type { QuestionFilter, QuestionsArgs } from './question.inputs.ts';

/** The states of `question-rules.ts` as SQL over alias `t`. */
const state = sql`(case when t.answered_at is not null then 'ANSWERED'
  when t.demand_id is not null then 'BECAME_DEMAND' else 'OPEN' end)`;

function conditions(ctx: Ctx, filter: QuestionFilter): (Sql | undefined)[] {
  return [
    filter.states ? sql`${state} = any(${[...filter.states]}::text[])` : undefined,
    filter.kinds
      ? sql`exists (select 1 from activity a where a.id = t.activity_id and a.kind = any(${[...filter.kinds]}::text[]))`
      : undefined,
    filter.categoryCodes ? sql`t.category_code = any(${[...filter.categoryCodes]}::text[])` : undefined,
    filter.within ? below('t.area_id', filter.within, 'filter.within', ctx.today()) : undefined,
    filter.mine
      ? sql`exists (select 1 from activity_participant ap where ap.activity_id = t.activity_id and ap.cadre_id = ${ownId(ctx)})`
      : undefined,
    filter.dueTo ? sql`t.due_on <= ${filter.dueTo}::date` : undefined,
  ];
}

/** Questions by filter, those to be answered first at the top. */
export function questions(ctx: Ctx, { filter, ...page }: QuestionsArgs): Promise<Connection<Question>> {
  return connect(ctx, Question, page, { where: conditions(ctx, filter ?? {}), order: [['t.due_on', 'asc']] });
}

/** What was asked at an activity, in the order of asking. */
export const questionsOf = (ctx: Ctx, activityId: string): Promise<Question[]> =>
  manyBy(ctx, Question, 'activityId', activityId, { order: [['t.asked_at', 'asc']] });
