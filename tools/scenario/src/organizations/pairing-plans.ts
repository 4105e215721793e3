import { addDays, at, dayNumber, dayOf, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ActivityLine } from '../contacts/activity.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { Cadre } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { branches, type BranchPairingLine } from './branches.ts';

/** What two paired branches planned for a year, and their review, as the import reads it. */
export interface PairingPlanLine extends ImportLine {
  type: 'pairingPlan';
  pairingId: string;
  year: number;
  items: PlanItem[];
  reviewedOn?: Day;
  reviewNote?: string;
  concludedByBranchOn?: Day;
  concludedByPartnerOn?: Day;
}

interface PlanItem {
  what: string;
  plannedOn: Day;
  activityKind?: 'BRANCH_ACTIVITY';
  outcome?: 'DONE' | 'NOT_DONE';
  doneOn?: Day;
  note?: string;
  activityId?: string;
}

/** The first year of which the data set tells plans. The article tells of the pairings only: all of this is ASSUMED. */
const FIRST_YEAR = 2017;

/** A pairing plans a year of which it holds for so many days, as the service asks for. */
const PLAN_FROM_DAYS = 90;

const DEMO = '（演示数据）';
const topics = ['共上一堂党课', '走访困难党员', '社区志愿服务', '联合主题党日', '就业岗位对接', '安全隐患共查'];
const reasons = ['因会期冲突取消', '因场地维修顺延至次年', '因天气取消'];

/**
 * Plans of each pairing for each year up to the reference day, and reviews of the years that are over. A few have none,
 * or one that only one branch has concluded, so that the gap lists have something to show.
 */
export function pairingPlansOf(
  plan: DistrictPlan,
  pairings: readonly BranchPairingLine[],
  cadres: readonly Cadre[],
  asOf: Day,
  seed: string,
): { plans: PairingPlanLine[]; activities: ActivityLine[] } {
  const random = dice(seed, 'pairing plans');
  const members = membersOf(plan, cadres);
  const activities: ActivityLine[] = [];
  const plans: PairingPlanLine[] = [];
  for (const [nth, pairing] of pairings.entries()) {
    for (let year = FIRST_YEAR; year <= Number(asOf.slice(0, 4)); year += 1) {
      const time = heldIn(year, pairing);
      if (!time || pairing.from > asOf || random.chance(0.03)) continue;
      const line = planned(random, pairing.id, year, time);
      if (asOf > `${year + 1}-01-31`) review(random, line);
      if (nth % 4 === 0) activities.push(...held(random, line, pairing, members.get(pairing.branchId) ?? [], asOf));
      plans.push(line);
    }
  }
  return { plans, activities };
}

/** First and last day of a year on which a pairing holds, if it is long enough for a plan. */
function heldIn(year: number, { from, until }: BranchPairingLine): { first: Day; last: Day } | undefined {
  const first = from > `${year}-01-01` ? from : `${year}-01-01`;
  const end = until && until < `${year + 1}-01-01` ? until : `${year + 1}-01-01`;
  return addDays(first, PLAN_FROM_DAYS) <= end ? { first, last: addDays(end, -1) } : undefined;
}

function planned(random: Dice, pairingId: string, year: number, { first, last }: { first: Day; last: Day }) {
  const [from, to] = [dayNumber(first), dayNumber(last)];
  const count = random.int(2, 4);
  const chosen = random.shuffled(topics).slice(0, count);
  const items = chosen.map((what, at): PlanItem => {
    const earliest = from + Math.floor(((to - from) * at) / count);
    const plannedOn = dayOf(random.int(earliest, from + Math.floor(((to - from) * (at + 1)) / count)));
    return { what: `${what}${DEMO}`, plannedOn, activityKind: 'BRANCH_ACTIVITY' };
  });
  const line: PairingPlanLine = {
    type: 'pairingPlan',
    id: idOf('pairingPlan', `${pairingId}/${year}`),
    pairingId,
    year,
    items,
  };
  return line;
}

function review(random: Dice, line: PairingPlanLine): void {
  for (const item of line.items) {
    const done = !random.chance(0.07);
    const later = addDays(item.plannedOn, random.int(0, 9));
    const doneOn = later.startsWith(`${line.year}`) ? later : item.plannedOn;
    if (done) Object.assign(item, { outcome: 'DONE', doneOn, note: `双方支部共同开展${DEMO}` });
    else Object.assign(item, { outcome: 'NOT_DONE', note: `${random.pick(reasons)}${DEMO}` });
  }
  const reviewedOn = addDays(`${line.year}-12-03`, random.int(0, 25));
  const concluded = addDays(reviewedOn, random.int(1, 20));
  const byBranch = random.chance(0.5);
  const both = !random.chance(0.05);
  Object.assign(line, {
    reviewedOn,
    reviewNote: `年度共建已回顾${DEMO}`,
    ...((byBranch || both) && { concludedByBranchOn: byBranch ? reviewedOn : concluded }),
    ...((!byBranch || both) && { concludedByPartnerOn: byBranch ? concluded : reviewedOn }),
  });
}

/** Items that were done at an activity that somebody recorded; a review then names it instead of a note. */
function held(
  random: Dice,
  line: PairingPlanLine,
  { partnerId }: BranchPairingLine,
  members: readonly string[],
  asOf: Day,
): ActivityLine[] {
  const [item] = line.items;
  const day = item?.doneOn ?? item?.plannedOn;
  if (!item || !day || day >= asOf || item.outcome === 'NOT_DONE' || members.length === 0) return [];
  const id = idOf('activity', line.id);
  if (item.outcome === 'DONE') {
    item.activityId = id;
    delete item.note;
  }
  return [
    {
      type: 'activity',
      id,
      kind: 'BRANCH_ACTIVITY',
      heldAt: at(day, 14 * 60),
      minutes: random.int(6, 12) * 10,
      place: '党员服务中心',
      targetId: partnerId,
      contactorIds: random.shuffled(members).slice(0, 2),
      metCount: random.int(8, 30),
      summary: item.what,
      fulfils: [],
      demands: [],
    },
  ];
}

/** Party members with a post where a branch is, by the id of the branch. */
function membersOf(plan: DistrictPlan, cadres: readonly Cadre[]): ReadonlyMap<string, readonly string[]> {
  const serving = cadres.filter(
    ({ isServing, isPartyMember, line }) => isServing && isPartyMember && line.recruitedOn < '2017-01-01',
  );
  const byOrganization = Map.groupBy(serving, ({ organizationCode }) => organizationId(organizationCode));
  return new Map(
    [...branches(plan)].map(({ id, parents }) => [
      id,
      (byOrganization.get(parents[0]?.parentId ?? '') ?? []).map(({ line }) => line.id),
    ]),
  );
}
