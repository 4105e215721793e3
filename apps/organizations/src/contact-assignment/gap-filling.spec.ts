import fc from 'fast-check';
import { filledGaps, leftWithoutHeir, type HeldThere } from './gap-filling.ts';

const held = (
  id: string,
  validFrom: string,
  validTo: string | null = null,
  more: Partial<HeldThere> = {},
): HeldThere => ({
  id,
  scheme: 'monthly',
  targetId: 'town',
  validFrom,
  validTo,
  continuesId: null,
  handedOver: false,
  cameByHandover: false,
  ...more,
});
const dayOf = (nth: number): string => new Date(Date.UTC(2018, 0, 1 + nth)).toISOString().slice(0, 10);

describe('who goes on for an assignment that was left', () => {
  it('is whoever comes next: for the last one that was over by then', () => {
    const there = [held('first', '2016-01-01', '2017-01-01'), held('second', '2017-02-01', '2018-01-01')];
    expect(leftWithoutHeir('2018-03-01', there)).toBe('second');
    expect(leftWithoutHeir('2018-01-01', there)).toBe('second');
    expect(leftWithoutHeir('2017-12-31', there)).toBe('first');
    expect(leftWithoutHeir('2016-06-01', there)).toBeUndefined();
  });

  it('is nobody for one that still holds, was handed over or has an heir already', () => {
    const open = held('open', '2016-01-01');
    const handed = held('handed', '2016-01-01', '2017-01-01', { handedOver: true });
    const followed = held('followed', '2016-01-01', '2017-01-01');
    const heir = held('heir', '2017-01-01', null, { continuesId: 'followed' });
    expect(leftWithoutHeir('2018-03-01', [open, handed, followed, heir])).toBeUndefined();
  });

  it('is found once all have come, in whatever order they did, along the whole line', () => {
    const there = [
      held('third', '2018-02-01'),
      held('first', '2016-01-01', '2017-01-01'),
      held('second', '2017-01-01', '2018-01-01'),
    ];
    const all = new Set(['first', 'second', 'third']);
    expect([...filledGaps(there, all)].sort()).toEqual([
      ['second', 'first'],
      ['third', 'second'],
    ]);
  });

  it('is not looked for among those that nobody brought, nor for what goes on for another already', () => {
    const there = [held('first', '2016-01-01', '2017-01-01'), held('second', '2017-02-01')];
    expect(filledGaps(there, new Set(['another'])).size).toBe(0);
    expect([...filledGaps(there, new Set(['first']))]).toEqual([['second', 'first']]);
    const handed = there.map((each) => ({ ...each, cameByHandover: each.id === 'second' }));
    expect(filledGaps(handed, new Set(['first', 'second'])).size).toBe(0);
  });

  it('leaves to each one heir at most, who began when it was over, and finds nothing more to do', () => {
    const spell = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.option(fc.integer({ min: 1, max: 30 })))
      .map(([from, length]) => [dayOf(from), length === null ? null : dayOf(from + length)] as const);
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 8 }), (spells) => {
        const there = spells.map(([from, until], at) => held(`a${at}`, from, until));
        const all = new Set(there.map(({ id }) => id));
        const filled = filledGaps(there, all);
        expect(new Set(filled.values()).size).toBe(filled.size);
        const byId = new Map(there.map((each) => [each.id, each]));
        for (const [heir, before] of filled)
          expect((byId.get(before)?.validTo ?? '9') <= (byId.get(heir)?.validFrom as string)).toBe(true);
        const after = there.map((each) => ({ ...each, continuesId: filled.get(each.id) ?? null }));
        expect(filledGaps(after, all).size).toBe(0);
      }),
    );
  });
});
