import { promiseDueAt } from './case-clock.ts';

describe('the promise to the resident', () => {
  it.each([
    ['ENQUIRY', '2018-08-17', '2018-08-20T10:00:00.000Z', 'Friday to Monday'],
    ['COMPLAINT', '2018-08-17', '2018-08-24T10:00:00.000Z', 'a week over one weekend'],
    ['HELP_REQUEST', '2018-09-28', '2018-10-10T10:00:00.000Z', 'over National Day, with two make-up days before it'],
    ['SUGGESTION', '2018-02-10', '2018-02-11T10:00:00.000Z', 'a make-up Sunday counts'],
  ] as const)('%s registered on %s is due %s: %s', (kind, day, due, _why) =>
    expect(promiseDueAt(kind, day).toISOString()).toBe(due),
  );
});
