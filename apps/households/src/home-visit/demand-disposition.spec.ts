import { dispositionProblem, type Disposed } from './demand-disposition.ts';

describe('the disposition of a demand', () => {
  it.each<[string, Disposed]>([
    ['a case with its kind', { disposition: 'CASE', caseKind: 'COMPLAINT' }],
    ['an opinion', { disposition: 'OPINION' }],
    ['what was settled on the spot', { disposition: 'SETTLED_ON_SPOT', outcome: '已更换灯泡' }],
    ['what was transferred out, with its receipt', { disposition: 'TRANSFERRED_OUT', outcome: '信访受理单 2018-0817' }],
  ])('fits %s', (_what, demand) => {
    expect(dispositionProblem(demand)).toBeUndefined();
  });

  it.each<[string, Disposed, string]>([
    ['a case without its kind', { disposition: 'CASE' }, 'caseKind'],
    ['an opinion with a kind of case', { disposition: 'OPINION', caseKind: 'ENQUIRY' }, 'caseKind'],
    ['a transfer without receipt', { disposition: 'TRANSFERRED_OUT' }, 'outcome'],
  ])('does not fit %s', (_what, demand, field) => {
    expect(dispositionProblem(demand)?.field).toBe(field);
  });
});
