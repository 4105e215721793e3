import fc from 'fast-check';
import { endOn, rowFrom, type Held } from './organization-timeline.ts';

interface Named extends Held {
  name: string;
}
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2019-02-${String(n).padStart(2, '0')}`);

/** What held on each day, by looking at every row. */
const on = (rows: readonly Named[], at: string): string[] =>
  rows.filter(({ validFrom, validTo }) => validFrom <= at && (!validTo || at < validTo)).map(({ name }) => name);

function enter(rows: Named[], from: string, name: string): void {
  const row = rowFrom(rows, from, () => ({ name: '', validFrom: '', validTo: null }));
  if (!rows.includes(row)) rows.push(row);
  row.name = name;
}

describe('a timeline', () => {
  it('has one value on every day since the first, and changes nothing before the day of a change', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.constantFrom('a', 'b', 'c')), { minLength: 1 }), day, (entries, seen) => {
        const rows: Named[] = [];
        for (const [from, name] of entries) {
          const before = on(rows, seen);
          enter(rows, from, name);
          expect(on(rows, from)).toEqual([name]);
          if (seen < from) expect(on(rows, seen)).toEqual(before);
        }
        const first = entries.map(([from]) => from).sort()[0] as string;
        expect(on(rows, seen)).toHaveLength(seen < first ? 0 : 1);
      }),
    ));

  it('keeps what is to follow', () => {
    const rows: Named[] = [
      { name: 'old', validFrom: '2019-02-01', validTo: '2019-02-20' },
      { name: 'next', validFrom: '2019-02-20' },
    ];
    enter(rows, '2019-02-10', 'between');
    expect(rows.map(({ name, validFrom, validTo }) => [name, validFrom, validTo])).toEqual([
      ['old', '2019-02-01', '2019-02-10'],
      ['next', '2019-02-20', undefined],
      ['between', '2019-02-10', '2019-02-20'],
    ]);
  });

  it('ends on a day, and drops what would have begun later', () => {
    const rows: Named[] = [
      { name: 'old', validFrom: '2019-02-01', validTo: '2019-02-20' },
      { name: 'next', validFrom: '2019-02-20' },
    ];
    expect(endOn(rows, '2019-02-10').map(({ name }) => name)).toEqual(['next']);
    expect(rows[0]?.validTo).toBe('2019-02-10');
  });
});
