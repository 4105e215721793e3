import { addDays, dayNumber, dayOf, type Day } from '../days.ts';
import type { Dice } from '../dice.ts';
import type { Career, Rank } from './cadre.ts';

/** A day between two, both included. */
export const between = (random: Dice, from: Day, to: Day): Day => dayOf(random.int(dayNumber(from), dayNumber(to)));

const atAge = (bornOn: Day, years: number): Day => addDays(bornOn, Math.round(years * 365.25));

/**
 * Whom a career belongs to, seen from the statistic of 2005: a division-level cadre of that day, somebody newly recruited
 * then, or neither. Nobody else is recruited in the four years before, so that any reading of "newly" counts the same.
 */
export type Cohort = 'DIVISION_THEN' | 'YOUNG_THEN' | 'OTHER';

/** The career of somebody who serves today at this rank. */
export function servingCareer(random: Dice, rank: Rank, cohort: Cohort): Career {
  if (cohort === 'YOUNG_THEN') return youngThen(random, rank);
  if (rank === 'BUREAU') return leader(random, cohort);
  if (rank === 'DIVISION') return cohort === 'DIVISION_THEN' ? divisionThen(random) : divisionSince(random);
  return rank === 'SECTION' ? section(random) : staff(random);
}

function youngThen(random: Dice, rank: Rank): Career {
  const recruitedOn = between(random, '2004-07-01', '2004-09-30');
  const bornOn = addDays(recruitedOn, -random.int(Math.round(22 * 365.25), Math.round(27 * 365.25)));
  const section = { rank: 'SECTION' as const, from: between(random, '2008-01-01', '2010-12-31') };
  const division = { rank: 'DIVISION' as const, from: between(random, '2013-01-01', '2015-12-31') };
  const promotions = rank === 'DIVISION' ? [section, division] : rank === 'SECTION' ? [section] : [];
  return { bornOn, recruitedOn, promotions };
}

function leader(random: Dice, cohort: Cohort): Career {
  const bornOn = between(random, '1959-01-01', '1965-12-31');
  const recruitedOn = atAge(bornOn, 21);
  const division =
    cohort === 'DIVISION_THEN'
      ? between(random, '1996-01-01', '2004-06-30')
      : between(random, '2005-04-01', '2007-12-31');
  return {
    bornOn,
    recruitedOn,
    promotions: [
      { rank: 'SECTION', from: between(random, '1988-01-01', '1995-12-31') },
      { rank: 'DIVISION', from: division },
      { rank: 'BUREAU', from: between(random, '2009-01-01', '2015-12-31') },
    ],
  };
}

function divisionThen(random: Dice): Career {
  const bornOn = between(random, '1958-12-01', '1968-12-31');
  return {
    bornOn,
    recruitedOn: atAge(bornOn, 20),
    promotions: [
      { rank: 'SECTION', from: between(random, '1990-01-01', '1995-12-31') },
      { rank: 'DIVISION', from: between(random, '1999-01-01', '2004-06-30') },
    ],
  };
}

function divisionSince(random: Dice): Career {
  const bornOn = between(random, '1962-01-01', '1977-12-31');
  return {
    bornOn,
    recruitedOn: atAge(bornOn, 22),
    promotions: [
      { rank: 'SECTION', from: between(random, '2001-01-01', '2004-12-31') },
      { rank: 'DIVISION', from: between(random, '2005-03-01', '2015-12-31') },
    ],
  };
}

/** Recruited long before 2005 or after it, never shortly before; whoever serves today has not turned sixty. */
function entry(random: Dice, latest: Day): { bornOn: Day; recruitedOn: Day } {
  const early = random.chance(0.55);
  const recruitedOn = early ? between(random, '1984-01-01', '2000-12-31') : between(random, '2005-07-01', latest);
  return { recruitedOn, bornOn: addDays(recruitedOn, -random.int(20 * 366, 24 * 366)) };
}

const section = (random: Dice): Career => ({
  ...entry(random, '2009-12-31'),
  promotions: [{ rank: 'SECTION', from: between(random, '2012-01-01', '2017-12-31') }],
});

const staff = (random: Dice): Career => ({ ...entry(random, '2017-12-31'), promotions: [] });

/** Somebody who was of division level in 2005 and has retired since, at sixty. */
export function retiredDivision(random: Dice): Career {
  const bornOn = between(random, '1945-04-01', '1958-06-30');
  return {
    bornOn,
    recruitedOn: atAge(bornOn, 20),
    promotions: [
      { rank: 'SECTION', from: between(random, '1985-01-01', '1989-12-31') },
      { rank: 'DIVISION', from: between(random, '1992-01-01', '2004-06-30') },
    ],
    left: { status: 'RETIRED', on: atAge(bornOn, 60) },
  };
}

/** Somebody who was a leader in 2005 and has retired since. */
export function retiredLeader(random: Dice): Career {
  const bornOn = between(random, '1946-04-01', '1957-06-30');
  return {
    bornOn,
    recruitedOn: atAge(bornOn, 20),
    promotions: [
      { rank: 'SECTION', from: between(random, '1982-01-01', '1985-12-31') },
      { rank: 'DIVISION', from: between(random, '1987-01-01', '1993-12-31') },
      { rank: 'BUREAU', from: between(random, '1998-01-01', '2003-12-31') },
    ],
    left: { status: 'RETIRED', on: atAge(bornOn, 60) },
  };
}

/** Somebody who left the district's service in the last years; they assisted households until then. */
export const departed = (random: Dice): Career => ({
  ...entry(random, '2010-12-31'),
  promotions: [],
  left: { status: 'DEPARTED', on: between(random, '2016-01-01', '2018-06-30') },
});
