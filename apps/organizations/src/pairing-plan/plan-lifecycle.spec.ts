import { planLifecycle, planState, reviewableFrom, type PlanState } from './plan-lifecycle.ts';

describe('the plan of a pairing', () => {
  it.each<[PlanState, object]>([
    ['PLANNED', {}],
    ['REVIEWED', { reviewedOn: '2018-12-03', concludedByBranchOn: '2018-12-03' }],
    ['REVIEWED', { reviewedOn: '2018-12-03', concludedByPartnerOn: '2018-12-03' }],
    ['CONCLUDED', { reviewedOn: '2018-12-03', concludedByBranchOn: '2018-12-03', concludedByPartnerOn: '2018-12-05' }],
  ])('is %s', (state, facts) => expect(planState(facts)).toBe(state));

  it('changes only before it is reviewed, and no more once both have concluded', () => {
    expect(Object.entries(planLifecycle).filter(([, may]) => may.includes('CHANGE'))).toEqual([
      ['PLANNED', ['CHANGE', 'REVIEW']],
    ]);
    expect(planLifecycle.CONCLUDED).toEqual([]);
  });

  it('is reviewed from December on, or once the pairing has ended', () => {
    expect(reviewableFrom(2018, null)).toBe('2018-12-01');
    expect(reviewableFrom(2018, '2019-05-01')).toBe('2018-12-01');
    expect(reviewableFrom(2018, '2018-06-30')).toBe('2018-06-30');
  });
});
