import { cadreRecord } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { changeAll, checkedId, copyOf, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { policyOn } from '../activity/activity-policy.ts';
import { Activity } from '../activity/activity.entity.ts';
import { goesOnWith, tookPart } from '../activity/activity.queries.ts';
import { checkCategory, checkPlaces } from '../activity/heard-demands.ts';
import { ownId } from '../promise/promise.queries.ts';
import { questionErrors } from './question.errors.ts';
import { Question } from './question.entity.ts';
import type {
  AnswerInput,
  AnswerQuestionInput,
  AskQuestionInput,
  CloseDialogueInput,
  QuestionInput,
} from './question.inputs.ts';
import { MAX_QUESTIONS, checkAnswer, checkTakesQuestions, checkQuestion, checkQuestions } from './question-rules.ts';
import { becomeDemands } from './unanswered-questions.ts';

/** Adds what was asked at an activity, with the answers that were given there. */
export async function addQuestions(unit: Unit, activity: Activity, questions: readonly QuestionInput[]): Promise<void> {
  checkQuestions(activity.kind, activity.heldAt, questions, unit.ctx.now(), 'input.questions');
  for (const [at, question] of questions.entries())
    await addQuestion(unit, activity, question, `input.questions[${at}]`);
}

/** A question that came in later, while the dialogue is not closed. */
export function askQuestion(ctx: Ctx, input: AskQuestionInput): Promise<Question> {
  return idempotently(ctx, 'askQuestion', Question, input, (tx) =>
    changeAll(tx, async (unit) => {
      const activity = await ownActivity(unit, input.activityId);
      checkTakesQuestions(activity.kind, 'input.activityId');
      checkQuestion(input, activity.heldAt, tx.now(), 'input');
      if (activity.closedAt)
        throw questionErrors('question.closed', { on: dayOf(activity.closedAt) }, { field: 'input.activityId' });
      const asked = await unit.loadAll(Question, { activityId: activity.id });
      if (asked.length >= MAX_QUESTIONS)
        throw questionErrors('question.tooMany', { max: MAX_QUESTIONS }, { field: 'input.activityId' });
      return addQuestion(unit, activity, input, 'input');
    }),
  );
}

/** Whoever took part, or has taken the contact over since, answers an open question; once, and not after it has become a demand. */
export function answerQuestion(ctx: Ctx, input: AnswerQuestionInput): Promise<Question> {
  return idempotently(ctx, 'answerQuestion', Question, input, (tx) =>
    changeAll(tx, async (unit) => {
      const question = await unit.load(Question, input.questionId, {
        field: 'input.questionId',
        expectedVersion: input.expectedVersion ?? null,
      });
      if (!(await goesOnWith(tx, question)))
        throw questionErrors('question.notYours', {}, { field: 'input.questionId' });
      checkAnswer(input, question.askedAt, tx.now(), 'input');
      unit.emit(question, ...question.answerWith(await answerOf(tx, input, 'input'), 'input.questionId'));
      return question;
    }),
  );
}

/** The host closes a dialogue: what was left unanswered becomes a demand at once, and nothing more is asked. */
export function closeDialogue(ctx: Ctx, input: CloseDialogueInput): Promise<Activity> {
  return idempotently(ctx, 'closeDialogue', Activity, input, (tx) =>
    changeAll(tx, async (unit) => {
      const activity = await ownActivity(unit, input.activityId, input.expectedVersion ?? null);
      if (activity.closedAt)
        throw questionErrors('question.closed', { on: dayOf(activity.closedAt) }, { field: 'input.activityId' });
      const open = { activityId: activity.id, answeredAt: null, demandId: null };
      activity.closedAt = tx.now();
      becomeDemands(unit, activity, await unit.loadAll(Question, open));
      return activity;
    }),
  );
}

async function ownActivity(unit: Unit, id: string, expectedVersion: number | null = null): Promise<Activity> {
  const activity = await unit.load(Activity, id, { field: 'input.activityId', expectedVersion });
  if (!(await tookPart(unit.ctx, { activityId: activity.id })))
    throw questionErrors('question.notYours', {}, { field: 'input.activityId' });
  return activity;
}

async function addQuestion(unit: Unit, activity: Activity, input: QuestionInput, path: string): Promise<Question> {
  await checkPlaces(unit.ctx, input, path);
  await checkCategory(unit.ctx, input.categoryCode, path);
  const askedAt = input.askedAt ?? activity.heldAt;
  const from = askedAt > activity.heldAt ? askedAt : activity.heldAt;
  const question = Object.assign(new Question(), {
    activityId: activity.id,
    areaId: input.areaId ?? activity.targetId,
    text: input.text.trim(),
    askedAt,
    categoryCode: input.categoryCode.trim(),
    caseKind: input.caseKind,
    dueOn: addDays(dayOf(from), policyOn(dayOf(from)).answerWithinDays),
  });
  const { answer } = input;
  const facts = answer ? question.answerWith(await answerOf(unit.ctx, answer, `${path}.answer`), path) : [];
  return unit.add(question, ...facts);
}

/** An answer with who gave it: the cadre that is named, or else the caller. */
async function answerOf(ctx: Ctx, { text, answeredAt, answeredById }: AnswerInput, path: string) {
  const field = `${path}.answeredById`;
  const own = ownId(ctx);
  const id = answeredById ? checkedId(answeredById, field) : own;
  const known = id === own ? id : (await copyOf(ctx, cadreRecord, id))?.id;
  if (!known) throw questionErrors('question.answeredBy', {}, { field });
  const at = answeredAt ?? ctx.now();
  return { text: text.trim(), at, on: dayOf(at), byId: known };
}
