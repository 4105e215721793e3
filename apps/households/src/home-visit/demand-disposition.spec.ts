import { fitsCaseKind, fitsOutcome, type Disposed } from './demand-disposition.ts';

describe('a demand', () => {
  it.each<[string, Disposed, boolean]>([
    ['a case says of what kind', { disposition: 'CASE', caseKind: 'COMPLAINT' }, true],
    ['a case without a kind', { disposition: 'CASE' }, false],
    ['an opinion opens none', { disposition: 'OPINION' }, true],
    ['an opinion with a kind of case', { disposition: 'OPINION', caseKind: 'ENQUIRY' }, false],
  ])('%s', (_what, demand, fits) => {
    expect(fitsCaseKind(demand)).toBe(fits);
  });

  it.each<[string, Disposed, boolean]>([
    ['what was settled says how', { disposition: 'SETTLED_ON_SPOT', outcome: '已更换灯泡' }, true],
    ['what was settled, but not how', { disposition: 'SETTLED_ON_SPOT', outcome: ' ' }, false],
    ['a transfer keeps its receipt', { disposition: 'TRANSFERRED_OUT', outcome: '信访受理单 2018-0817' }, true],
    ['a transfer without receipt', { disposition: 'TRANSFERRED_OUT' }, false],
    ['an opinion needs no outcome', { disposition: 'OPINION' }, true],
    ['a case has its outcome elsewhere', { disposition: 'CASE', caseKind: 'ENQUIRY' }, true],
  ])('%s', (_what, demand, fits) => {
    expect(fitsOutcome(demand)).toBe(fits);
  });
});
