import fc from 'fast-check';
import { addDays } from '@frontline/calendar';
import { PLAN_FROM_DAYS, canPair, overlap, owesPlan, speaksFor, within, type Held } from './pairing-rules.ts';

const branch = (sector: string, more: object = {}) => ({
  kind: 'PARTY_BRANCH',
  sector: sector as 'OFFICE',
  validFrom: '2010-01-01',
  validTo: null,
  ...more,
});
const since2018 = { validFrom: '2018-01-01', validTo: null };

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2016-01-01', days));
const held: fc.Arbitrary<Held> = fc
  .tuple(day, fc.option(fc.integer({ min: 1, max: 900 })))
  .map(([validFrom, days]) => ({ validFrom, validTo: days === null ? null : addDays(validFrom, days) }));
const daysOf = ({ validFrom, validTo }: Held, until = '2021-01-01'): string[] => {
  const days: string[] = [];
  for (let each = validFrom; each < (validTo ?? until); each = addDays(each, 1)) days.push(each);
  return days;
};

describe('who can be paired', () => {
  it.each([
    ['OFFICE', true, false],
    ['SOE', true, false],
    ['INSTITUTION', true, false],
    ['COMMUNITY', false, true],
    ['TWO_NEW', false, true],
  ])('%s has its side', (sector, asBranch, asPartner) => {
    expect(canPair(branch(sector), 'BRANCH', since2018)).toBe(asBranch);
    expect(canPair(branch(sector), 'PARTNER', since2018)).toBe(asPartner);
  });

  it('is a branch, and exists for all of that time', () => {
    expect(canPair(undefined, 'BRANCH', since2018)).toBe(false);
    expect(canPair(branch('OFFICE', { kind: 'DEPARTMENT' }), 'BRANCH', since2018)).toBe(false);
    expect(canPair(branch('OFFICE', { validFrom: '2018-01-02' }), 'BRANCH', since2018)).toBe(false);
    const ending = branch('OFFICE', { validTo: '2019-01-01' });
    expect(canPair(ending, 'BRANCH', since2018)).toBe(false);
    expect(canPair(ending, 'BRANCH', { ...since2018, validTo: '2019-01-01' })).toBe(true);
    expect(canPair(ending, 'BRANCH', { ...since2018, validTo: '2019-01-02' })).toBe(false);
  });
});

describe('times', () => {
  it('overlap when they have a day in common', () => {
    fc.assert(
      fc.property(held, held, (one, other) => {
        const days = new Set(daysOf(one));
        return overlap(one, other) === daysOf(other).some((each) => days.has(each));
      }),
      { numRuns: 60 },
    );
  });

  it('owe a plan for a year of which they hold for long enough', () => {
    fc.assert(
      fc.property(held, fc.integer({ min: 2015, max: 2020 }), (time, year) => {
        const days = daysOf(time).filter((each) => each.startsWith(`${year}-`)).length;
        return owesPlan(time, year) === days >= PLAN_FROM_DAYS && (within(year, time) === undefined) === (days === 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('somebody who speaks for a branch', () => {
  const above = [
    { id: 'branch', depth: 0 },
    { id: 'department', depth: 1 },
    { id: 'government', depth: 2 },
  ];
  it('has a place that it stands under, however far above', () => {
    expect(speaksFor({ places: ['government'], postIds: [] }, above)).toBe(true);
    expect(speaksFor({ places: ['other'], postIds: [] }, above)).toBe(false);
  });
  it('or a post there or right above it, and no farther', () => {
    expect(speaksFor({ places: [], postIds: ['branch'] }, above)).toBe(true);
    expect(speaksFor({ places: [], postIds: ['department'] }, above)).toBe(true);
    expect(speaksFor({ places: [], postIds: ['government'] }, above)).toBe(false);
  });
});
