import { ASSISTED_SINCE, DEPARTS_ON, TAKEN_OVER_ON, departingCadre } from '../contacts/departure-story.ts';
import { addDays, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import { between } from '../personnel/careers.ts';
import type { Cadre } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { HouseholdRegister } from './register.ts';

/** A certificate of hardship within a household, as the import reads it. */
export interface HardshipCertificate {
  id: string;
  category: string;
  level: string;
  authority: string;
  evidence: string;
  since: Day;
  until?: Day;
  reviewOn: Day;
  source: string;
}

/** A paired assistance as the import reads it. */
export interface PairedAssistanceLine extends ImportLine {
  type: 'pairedAssistance';
  householdId: string;
  cadreId: string;
  from: Day;
  until?: Day;
  endReason?: 'HELPER_LEFT' | 'HELPER_CHANGED' | 'CONSENT_WITHDRAWN' | 'HARDSHIP_CLOSED' | 'HOUSEHOLD_MOVED';
  consentedOn: Day;
}

/** Households in hardship, by their number in the register; each has a number of its own, by which its story is told. */
export interface HardshipList {
  /** The household's number in the list, when it is or was in hardship. */
  slotOf(index: number): number | undefined;
  /** Numbers in the register, in the order of the list. */
  indexes: Int32Array;
  counts: DistrictPlan['hardship'];
  helpers: Cadre[];
}

const KINDS = [
  ['MINIMUM_LIVING', '街镇社区事务受理服务中心'],
  ['LOW_INCOME', '街镇社区事务受理服务中心'],
  ['DISABILITY', '区残疾人联合会'],
  ['SERIOUS_ILLNESS', '区民政部门'],
  ['ELDERLY_ALONE', '街镇'],
  ['SCHOOLING', '区教育部门'],
  ['UNEMPLOYED', '区就业促进中心'],
  ['EXTREME_POVERTY', '区民政部门'],
] as const;
const LEVELS = ['SEVERE', 'MODERATE', 'MODERATE', 'MILD'] as const;

/** Draws who is in hardship and who helps; below scale 1 both shrink with the households. */
export function hardshipList(
  plan: DistrictPlan,
  register: HouseholdRegister,
  cadres: readonly Cadre[],
  scale: number,
  seed: string,
): HardshipList {
  const random = dice(seed, 'hardship');
  const share = Math.min(1, scale);
  const of = (count: number): number => Math.round(count * share);
  const { all, assisted, ended, later } = plan.hardship;
  const counts = { all: of(all), assisted: of(assisted), ended: of(ended), later: of(later) };
  const order = Int32Array.from({ length: register.count }, (_, index) => index);
  const total = counts.all + counts.ended + counts.later;
  for (let at = 0; at < total; at += 1) {
    const other = random.int(at, order.length - 1);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  const indexes = order.slice(0, total);
  const slots = new Map([...indexes].map((index, slot) => [index, slot]));
  const members = random.shuffled(cadres.filter(({ isServing, isPartyMember }) => isServing && isPartyMember));
  const helpers = members.slice(0, Math.min(of(plan.party.helpers), counts.assisted));
  return { slotOf: (index) => slots.get(index), indexes, counts, helpers };
}

/** The certificates of a household of the list; those of the first `all` hold on the day of the figures, the others don't. */
export function certificatesOf(
  list: HardshipList,
  slot: number,
  householdCode: string,
  today: Day,
  random: Dice,
): HardshipCertificate[] {
  const { all, ended } = list.counts;
  const state = slot < all ? 'HOLDS' : slot < all + ended ? 'ENDED' : 'LATER';
  const certificate = (nth: number, since: Day, until?: Day): HardshipCertificate => {
    const [category, authority] = random.pick(KINDS);
    return {
      id: idOf('hardship', `${householdCode}/${nth}`),
      category,
      level: random.pick(LEVELS),
      authority,
      evidence: `证明编号 DEMO-${householdCode.slice(6)}-${nth}`,
      since,
      ...(until && { until }),
      reviewOn: until ?? addDays(today, random.int(1, 365)),
      source: 'CIVIL_AFFAIRS',
    };
  };
  if (state === 'LATER') return [certificate(1, addDays(today, random.int(1, 60)))];
  if (state === 'ENDED')
    return [certificate(1, between(random, '2013-01-01', '2015-12-31'), addDays(today, -random.int(0, 600)))];
  const since = between(random, '2013-01-01', '2016-06-30');
  const held = random.chance(0.1) ? certificate(1, since, addDays(today, random.int(1, 400))) : certificate(1, since);
  return random.chance(0.12) ? [held, certificate(2, '2017-01-01')] : [held];
}

/** First day of the oldest pairings; whoever helped then was recruited by then. */
const VETERANS_SINCE: Day = '2014-03-03';

/**
 * Pairings: every helper has at least one household on the day of the figures and exactly so many households have a helper;
 * besides, pairings that ended earlier (their helper left or changed, or the hardship is over) and some that begin later.
 */
export function* pairedAssistances(
  plan: DistrictPlan,
  list: HardshipList,
  register: HouseholdRegister,
  cadres: readonly Cadre[],
  seed: string,
): Generator<PairedAssistanceLine> {
  const random = dice(seed, 'pairedAssistance');
  const today = plan.figuresDay;
  const { helpers, counts } = list;
  const inStory = departingCadre(cadres).line;
  const departed = cadres.filter(({ line }) => line.status === 'DEPARTED' && line !== inStory);
  let takenOver = 0;
  const line = (
    slot: number,
    cadreId: string,
    from: Day,
    end?: Pick<PairedAssistanceLine, 'until' | 'endReason'>,
  ): PairedAssistanceLine => {
    const household = register.at(list.indexes[slot] as number);
    return {
      type: 'pairedAssistance',
      id: idOf('pairedAssistance', `${household.code}/${cadreId}/${from}`),
      householdId: household.id,
      cadreId,
      from,
      ...end,
      consentedOn: addDays(from, -random.int(0, 20)),
    };
  };
  const helper = (): Cadre => random.pick(helpers);
  const veterans = helpers.filter(({ line: { recruitedOn } }) => recruitedOn <= VETERANS_SINCE);
  const veteran = (): Cadre => random.pick(veterans);
  const earliest = (cadre: Cadre): Day =>
    cadre.line.recruitedOn > '2016-07-01' ? cadre.line.recruitedOn : '2016-07-01';
  for (let slot = 0; slot < counts.assisted; slot += 1) {
    const current = slot < helpers.length ? (helpers[slot] as Cadre) : helper();
    let from = between(random, earliest(current), '2018-05-31');
    const onDay = slot >= helpers.length ? TAKEN_OVER_ON[takenOver] : undefined;
    if (onDay && earliest(current) < DEPARTS_ON) {
      // days without a helper lie between
      takenOver += 1;
      from = onDay;
      yield line(slot, inStory.id, ASSISTED_SINCE, { until: DEPARTS_ON, endReason: 'HELPER_LEFT' });
    } else if (slot >= helpers.length && random.chance(0.15) && departed.length > 0) {
      const former = random.pick(departed).line;
      // whoever takes over begins the day the former helper left, if they were there by then
      if (former.statusSince > earliest(current) && former.statusSince > '2016-08-01') {
        from = former.statusSince;
        yield line(slot, former.id, '2015-03-02', { until: from, endReason: 'HELPER_LEFT' });
      }
    } else if (random.chance(0.04))
      yield line(slot, veteran().line.id, VETERANS_SINCE, { until: from, endReason: 'HELPER_CHANGED' });
    yield line(slot, current.line.id, from);
  }
  for (let slot = counts.assisted; slot < counts.all; slot += 1) {
    const throwOf3 = slot % 3;
    if (throwOf3 === 0)
      yield line(slot, veteran().line.id, '2015-03-02', {
        until: addDays(today, -random.int(0, 90)),
        endReason: 'CONSENT_WITHDRAWN',
      });
    if (throwOf3 === 1 && random.chance(0.3)) yield line(slot, helper().line.id, addDays(today, random.int(1, 30)));
  }
  for (let slot = counts.all; slot < counts.all + counts.ended; slot += 1) {
    yield line(slot, veteran().line.id, '2015-03-02', {
      until: addDays(today, -random.int(0, 400)),
      endReason: 'HARDSHIP_CLOSED',
    });
  }
}
