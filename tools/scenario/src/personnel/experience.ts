import { addDays, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Cadre } from './cadre.ts';
import { between } from './careers.ts';

/** A period at the grassroots as the import reads it. */
export interface ExperienceLine extends ImportLine {
  type: 'experience';
  cadreId: string;
  organizationId: string;
  kind: 'POSTING' | 'ROTATION' | 'TEMPORARY_POSTING';
  from: Day;
  until?: Day;
}

/** Whether the statistic of grassroots experience counts a cadre, by the records of its day. */
function isCounted({ line }: Cadre, asOf: Day): 'DIVISION' | 'YOUNG' | undefined {
  const rank = line.ranks.find(({ from, until }) => from <= asOf && (!until || asOf < until))?.rank;
  if (rank === 'DIVISION') return 'DIVISION';
  return rank && line.recruitedOn >= '2002-01-01' && line.recruitedOn <= asOf ? 'YOUNG' : undefined;
}

/**
 * Grassroots experience: so many of the population of 2005 had none, which the method then made up for. Periods of one
 * cadre don't overlap; those before 2005 are over by then.
 */
export function* experiences(plan: DistrictPlan, cadres: readonly Cadre[], seed: string): Generator<ExperienceLine> {
  const random = dice(seed, 'experience');
  const { asOf, population, without } = plan.experience;
  const young = random.shuffled(cadres.filter((cadre) => isCounted(cadre, asOf) === 'YOUNG'));
  const division = random.shuffled(cadres.filter((cadre) => isCounted(cadre, asOf) === 'DIVISION'));
  if (young.length + division.length !== population)
    throw new Error(`${young.length} + ${division.length} are not ${population}`);
  const withSome = population - without;
  const youngWith = Math.round(young.length * 0.14);
  const early = new Set([...young.slice(0, youngWith), ...division.slice(0, withSome - youngWith)]);
  const line = (cadre: Cadre, kind: ExperienceLine['kind'], from: Day, until: Day): ExperienceLine => ({
    type: 'experience',
    id: idOf('experience', `${cadre.line.staffNumber}/${from}`),
    cadreId: cadre.line.id,
    organizationId: organizationId(random.pick(plan.subdistricts).code),
    kind,
    from,
    until,
  });
  const counted = new Set([...young, ...division]);
  for (const cadre of cadres) {
    if (early.has(cadre)) {
      const from =
        cadre.line.recruitedOn > '2002-01-01' ? cadre.line.recruitedOn : between(random, '1995-01-01', '2003-06-30');
      const days = from > '2002-01-01' ? 90 : random.int(180, 540);
      yield line(cadre, random.pick(['POSTING', 'TEMPORARY_POSTING']), from, addDays(from, days));
    }
    const end = cadre.line.statusSince > '2005-01-01' && !cadre.isServing ? cadre.line.statusSince : plan.figuresDay;
    const from = between(random, '2005-03-01', '2016-12-31');
    const until = addDays(from, random.int(180, 720));
    const served = from >= addDays(cadre.line.recruitedOn, 200) && until < end;
    if (served && random.chance(counted.has(cadre) ? 0.9 : 0.4)) {
      yield line(cadre, random.pick(['ROTATION', 'ROTATION', 'TEMPORARY_POSTING', 'POSTING']), from, until);
    }
  }
}
