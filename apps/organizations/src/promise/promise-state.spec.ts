import { promiseState } from './promise-state.ts';

describe('a promise', () => {
  it.each([
    ['OPEN', undefined, '2018-08-31'],
    ['BROKEN', undefined, '2018-09-01'],
    ['KEPT', '2018-08-31', '2019-01-01'],
    ['KEPT_LATE', '2018-09-01', '2019-01-01'],
  ])('is %s when kept on %s and asked on %s', (state, keptOn, today) =>
    expect(promiseState({ dueOn: '2018-08-31', keptOn: keptOn ?? null }, today)).toBe(state),
  );

  it('is withdrawn once an amendment has taken it away', () =>
    expect(promiseState({ dueOn: '2018-08-31', amendedAwayAt: new Date(0) }, '2018-09-01')).toBe('WITHDRAWN'));
});
