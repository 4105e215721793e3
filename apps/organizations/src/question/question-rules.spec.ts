import type { ActivityKind } from '../activity/activity-enums.ts';
import { checkQuestions, questionState } from './question-rules.ts';

const now = new Date('2018-08-17T12:00:00+08:00');
const heldAt = new Date('2018-08-17T09:00:00+08:00');
const asked = { text: '何时加装电梯？', categoryCode: 'housing.lift', caseKind: 'ENQUIRY' as const };
const check = (questions: object[], kind: ActivityKind = 'DIALOGUE') => {
  try {
    checkQuestions(kind, heldAt, questions as never, now, 'input.questions');
    return undefined;
  } catch (error) {
    const { code, field } = error as { code: string; field: string };
    return [code, field];
  }
};

describe('a question', () => {
  it.each([
    ['OPEN', {}],
    ['ANSWERED', { answeredAt: now }],
    ['BECAME_DEMAND', { demandId: 'some' }],
  ])('is %s', (state, facts) => expect(questionState(facts)).toBe(state));

  it('is taken at dialogues and on microblogs, answered or not, asked before or after they began', () => {
    expect(
      check([asked, { ...asked, askedAt: now }, { ...asked, askedAt: new Date('2018-08-10T09:00:00+08:00') }]),
    ).toBe(undefined);
    expect(check([{ ...asked, answer: { text: '年内', answeredAt: heldAt } }], 'MICROBLOG_REPLY')).toBe(undefined);
    expect(check([], 'VISIT')).toBe(undefined);
  });

  it('is refused elsewhere', () => expect(check([asked], 'VISIT')).toEqual(['question.kind', 'input.questions']));

  it.each([
    ['question.tooMany', 'input.questions', Array.from({ length: 101 }, () => asked)],
    ['activity.text', 'input.questions[0].text', [{ ...asked, text: ' ' }]],
    ['activity.text', 'input.questions[1].categoryCode', [asked, { ...asked, categoryCode: '' }]],
    ['question.future', 'input.questions[0].askedAt', [{ ...asked, askedAt: new Date(now.getTime() + 1) }]],
    ['activity.text', 'input.questions[0].answer.text', [{ ...asked, answer: { text: '' } }]],
    [
      'question.answeredAt',
      'input.questions[0].answer.answeredAt',
      [{ ...asked, answer: { text: '好', answeredAt: new Date('2018-08-17T08:59:00+08:00') } }],
    ],
    [
      'question.answeredAt',
      'input.questions[0].answer.answeredAt',
      [{ ...asked, answer: { text: '好', answeredAt: new Date(now.getTime() + 1) } }],
    ],
  ] as [string, string, object[]][])('is refused with %s at %s', (code, field, questions) =>
    expect(check(questions)).toEqual([code, field]),
  );
});
