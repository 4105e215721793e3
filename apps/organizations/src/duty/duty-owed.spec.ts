import { owedOn } from './duty-owed.ts';

const [june, july, august] = ['2018-06-01', '2018-07-01', '2018-08-01'].map((windowStart) => ({ windowStart }));
const duties = [july, august, june] as { windowStart: string }[];

describe('the duty that a visit was owed for', () => {
  it('is the one whose window began last', () => {
    expect(owedOn(duties, '2018-07-31')).toBe(july);
    expect(owedOn(duties, '2018-08-01')).toBe(august);
  });

  it('is, of several asked in one window, one that is still owed', () => {
    const [done, open] = [{ windowStart: '2018-07-01', fulfilledOn: '2018-07-03' }, { windowStart: '2018-07-01' }];
    expect(owedOn([done, open], '2018-07-20')).toBe(open);
    expect(owedOn([done], '2018-07-20')).toBe(done);
  });

  it('is none before the first window', () => expect(owedOn(duties, '2018-05-31')).toBeUndefined());
});
