import type { ActivityKind } from '../activity/activity-enums.ts';
import { checkText } from '../activity/activity-rules.ts';
import { questionErrors } from './question.errors.ts';
import type { QuestionInput } from './question.inputs.ts';

/** Questions that one activity may hold; a longer list should be imported. */
export const MAX_QUESTIONS = 100;

/** Where people ask in writing, and everyone can read what was answered. */
const WITH_QUESTIONS: readonly ActivityKind[] = ['DIALOGUE', 'MICROBLOG_REPLY'];

/** What is known of a question. */
export interface QuestionFacts {
  readonly answeredAt?: Date | null;
  /** The demand that it became. */
  readonly demandId?: string | null;
}

/** Where a question stands. */
export type QuestionState = 'OPEN' | 'ANSWERED' | 'BECAME_DEMAND';

/** The state of a question: it is answered once, or becomes a demand once; then whoever has the case answers. */
export function questionState({ answeredAt, demandId }: QuestionFacts): QuestionState {
  if (answeredAt) return 'ANSWERED';
  return demandId ? 'BECAME_DEMAND' : 'OPEN';
}

/** The rules of questions that need no look-up; `now` is the district's. Throws the first one that is broken. */
export function checkQuestions(
  kind: ActivityKind,
  heldAt: Date,
  questions: readonly QuestionInput[],
  now: Date,
  path: string,
): void {
  if (questions.length === 0) return;
  checkTakesQuestions(kind, path);
  if (questions.length > MAX_QUESTIONS)
    throw questionErrors('question.tooMany', { max: MAX_QUESTIONS }, { field: path });
  questions.forEach((question, at) => checkQuestion(question, heldAt, now, `${path}[${at}]`));
}

/** Refuses a kind of activity at which nobody asks in writing. */
export function checkTakesQuestions(kind: ActivityKind, field: string): void {
  if (!WITH_QUESTIONS.includes(kind)) throw questionErrors('question.kind', {}, { field });
}

/** The rules of one question; `path` is that of the input which holds its fields. */
export function checkQuestion(
  { text, categoryCode, askedAt, answer }: QuestionInput,
  heldAt: Date,
  now: Date,
  path: string,
): void {
  checkText(text, 2000, `${path}.text`);
  checkText(categoryCode, 40, `${path}.categoryCode`);
  if (askedAt && askedAt.getTime() > now.getTime())
    throw questionErrors('question.future', {}, { field: `${path}.askedAt` });
  if (answer) checkAnswer(answer, askedAt ?? heldAt, now, `${path}.answer`);
}

/** An answer has words, and is given after the question and not in the future. */
export function checkAnswer(
  { text, answeredAt }: { text: string; answeredAt?: Date | null },
  askedAt: Date,
  now: Date,
  path: string,
): void {
  checkText(text, 4000, `${path}.text`);
  const at = (answeredAt ?? now).getTime();
  if (at < askedAt.getTime() || at > now.getTime())
    throw questionErrors('question.answeredAt', {}, { field: `${path}.answeredAt` });
}
