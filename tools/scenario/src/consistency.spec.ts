import { addDays } from './days.ts';
import type { CaseLine } from './cases/case.ts';
import type { DutyLine } from './contacts/calendar-of-duties.ts';
import type { ReceptionDayLine } from './contacts/receptions.ts';
import type { PairingPlanLine } from './organizations/pairing-plans.ts';
import { readScenario, type Lines } from './read-scenario.fixture.ts';
import { small } from './plan/small.ts';
import { yangpu } from './plan/yangpu.ts';

/** A step to each of these states is legal from the state before. */
const NEXT: Record<string, string[]> = {
  REGISTERED: ['ACCEPTED', 'NOT_ACCEPTED'],
  ACCEPTED: ['DISPATCHED'],
  DISPATCHED: ['DISPATCHED', 'SIGNED_FOR'],
  SIGNED_FOR: ['HANDLING'],
  HANDLING: ['SUSPENDED', 'ANSWERED', 'LONG_TERM'],
  SUSPENDED: ['HANDLING'],
  ANSWERED: ['CALLBACK'],
  CALLBACK: ['CLOSED', 'REWORK'],
  REWORK: ['HANDLING'],
};

describe.each([
  ['yangpu at a twentieth', yangpu, 0.05, '2018-08-17'],
  ['yangpu two years later', yangpu, 0.05, '2020-06-30'],
  ['small', small, 1, '2018-08-17'],
])('the records of %s', (_name, plan, scale, asOf) => {
  let lines: Lines;
  beforeAll(() => {
    lines = readScenario(plan, scale, asOf);
  });
  const ids = (type: keyof Lines): Set<string> => new Set(lines[type].map(({ id }) => id));

  it('use every id once', () => {
    for (const [type, list] of Object.entries(lines))
      expect([type, new Set(list.map(({ id }: { id: string }) => id)).size]).toEqual([type, list.length]);
    const demands = [...lines.activity, ...lines.homeVisit].flatMap((one) => one.demands.map(({ id }) => id));
    expect(new Set(demands).size).toBe(demands.length);
    expect(new Set(lines.organization.map(({ code }) => code)).size).toBe(lines.organization.length);
    expect(new Set(lines.case.map(({ number }) => number)).size).toBe(lines.case.length);
  });

  it('name only what exists, across the services', () => {
    const [organization, cadre, grid, team, household, assignment, activity, duty] = (
      ['organization', 'cadre', 'grid', 'serviceTeam', 'household', 'contactAssignment', 'activity', 'duty'] as const
    ).map(ids) as [
      Set<string>,
      Set<string>,
      Set<string>,
      Set<string>,
      Set<string>,
      Set<string>,
      Set<string>,
      Set<string>,
    ];
    const named: [Set<string>, (string | undefined)[]][] = [
      [
        organization,
        lines.organization.flatMap(({ parents, successors }) => [
          ...parents.map((p) => p.parentId),
          ...(successors ?? []).flatMap((s) => [s.organizationId, ...(s.residentialAreaIds ?? [])]),
        ]),
      ],
      [organization, lines.cadre.flatMap(({ posts }) => posts.map(({ organizationId }) => organizationId))],
      [organization, lines.experience.map(({ organizationId }) => organizationId)],
      [organization, lines.account.flatMap(({ grants }) => grants.map(({ place }) => place))],
      [organization, lines.branchPairing.flatMap(({ branchId, partnerId }) => [branchId, partnerId])],
      [
        organization,
        lines.contactAssignment.flatMap((one) => [
          ...(one.contactorKind === 'ORGANIZATION' ? one.contactorIds : []),
          ...(one.targetKind === 'PATCH' ? [] : [one.targetId]),
        ]),
      ],
      [
        organization,
        [...lines.grid, ...lines.serviceTeam, ...lines.household].map(({ residentialAreaId }) => residentialAreaId),
      ],
      [
        organization,
        lines.case.flatMap(({ areaId, leadOrganizationId, moves }) => [
          areaId,
          leadOrganizationId,
          ...moves.map((move) => move.organizationId),
        ]),
      ],
      [organization, lines.participant.map(({ organizationId }) => organizationId)],
      [
        cadre,
        lines.contactAssignment.flatMap((one) =>
          one.contactorKind === 'CADRE' ? [...one.contactorIds, ...one.liaisonIds] : [],
        ),
      ],
      [cadre, [...lines.experience, ...lines.liaison, ...lines.pairedAssistance].map(({ cadreId }) => cadreId)],
      [cadre, [...lines.account, ...lines.publicRepresentative, ...lines.participant].map(({ cadreId }) => cadreId)],
      [cadre, lines.grid.map(({ leaderCadreId }) => leaderCadreId)],
      [
        cadre,
        [
          ...lines.homeVisit.flatMap(({ cadreIds }) => cadreIds),
          ...lines.activity.flatMap(({ contactorIds }) => contactorIds),
        ],
      ],
      [
        cadre,
        lines.case.flatMap(({ holderCadreId, moves }) => [holderCadreId, ...moves.map(({ byCadreId }) => byCadreId)]),
      ],
      [grid, [...lines.household.map(({ gridId }) => gridId), ...lines.serviceTeam.flatMap(({ gridIds }) => gridIds)]],
      [
        team,
        [
          ...lines.participant.flatMap(({ teams }) => teams.map(({ teamId }) => teamId)),
          ...lines.homeVisit.map(({ teamId }) => teamId),
        ],
      ],
      [household, [...lines.pairedAssistance, ...lines.homeVisit, ...lines.case].map(({ householdId }) => householdId)],
      [household, lines.activity.flatMap(({ demands }) => demands.map(({ householdId }) => householdId))],
      [assignment, [...lines.duty, ...lines.activity].map(({ assignmentId }) => assignmentId)],
      [ids('patch'), lines.contactAssignment.flatMap((one) => (one.targetKind === 'PATCH' ? [one.targetId] : []))],
      [
        organization,
        lines.patch.flatMap(({ subdistrictId, areas }) => [subdistrictId, ...areas.map(({ areaId }) => areaId)]),
      ],
      [ids('branchPairing'), lines.pairingPlan.map(({ pairingId }) => pairingId)],
      [activity, lines.pairingPlan.flatMap(({ items }) => items.map(({ activityId }) => activityId))],
      [assignment, lines.handover.flatMap(({ assignmentId, nextAssignmentId }) => [assignmentId, nextAssignmentId])],
      [cadre, lines.handover.map(({ successorId }) => successorId)],
      [cadre, lines.tellBack.flatMap(({ cadreId, toldById }) => [cadreId, toldById])],
      [ids('case'), lines.tellBack.map(({ caseId }) => caseId)],
      [ids('homeVisit'), lines.tellBack.map(({ homeVisit }) => homeVisit?.id)],
      [cadre, lines.tellBack.flatMap(({ homeVisit }) => homeVisit?.cadreIds)],
      [activity, lines.duty.flatMap(({ assistance, fulfilledBy }) => (assistance ? [] : fulfilledBy))],
      [ids('homeVisit'), lines.duty.flatMap(({ assistance, fulfilledBy }) => (assistance ? fulfilledBy : []))],
      [ids('pairedAssistance'), lines.duty.map(({ assistance }) => assistance?.id)],
      [activity, lines.receptionDay.map(({ session }) => session?.activityId)],
      [organization, lines.receptionDay.flatMap(({ subdistrictId, venueId }) => [subdistrictId, venueId])],
      [cadre, lines.receptionDay.flatMap(({ receivers }) => receivers.map(({ cadreId }) => cadreId))],
      [
        ids('publicRepresentative'),
        lines.receptionDay.flatMap(({ receivers }) => receivers.map(({ representativeId }) => representativeId)),
      ],
      [duty, lines.activity.flatMap(({ fulfils }) => fulfils)],
    ];
    const missing = named.map(([known, list]) => list.filter((id) => id !== undefined && !known.has(id)));
    expect(missing).toEqual(named.map(() => []));
  });

  it('open exactly one case for each demand that asks for one, and none for others', () => {
    const demands = [...lines.activity, ...lines.homeVisit].flatMap((one) => one.demands);
    const asking = demands.filter(({ disposition }) => disposition === 'CASE').map(({ id }) => id);
    const opened = lines.case.flatMap(({ demandId }) => demandId ?? []);
    expect(opened.toSorted()).toEqual(asking.toSorted());
    const categories = new Set(lines.caseCategory.map(({ code }) => code));
    expect([...demands, ...lines.case].filter(({ categoryCode }) => !categories.has(categoryCode))).toEqual([]);
    expect(new Set(demands.map(({ disposition }) => disposition))).toEqual(
      new Set(['CASE', 'OPINION', 'SETTLED_ON_SPOT', 'TRANSFERRED_OUT']),
    );
  });

  it('answer what was asked at dialogues and on microblogs, or make it a demand of the same dialogue', () => {
    const asked = lines.activity.flatMap(({ questions = [], ...activity }) =>
      questions.map((question) => ({ ...activity, ...question, activity })),
    );
    const isWrong = ({ activity, askedAt, answer, demandId, categoryCode }: (typeof asked)[number]): boolean => {
      const demand = activity.demands.find(({ id }) => id === demandId);
      const day = activity.heldAt.slice(0, 10);
      return (
        (answer !== undefined && demandId !== undefined) ||
        (answer === undefined &&
          demandId === undefined &&
          (activity.closedAt !== undefined || addDays(day, 4) < asOf)) ||
        (demandId !== undefined && (demand?.disposition !== 'CASE' || demand.categoryCode !== categoryCode)) ||
        askedAt < activity.heldAt ||
        (answer !== undefined && (answer.answeredAt < askedAt || answer.answeredAt >= `${asOf}T00`))
      );
    };
    expect(asked.filter(isWrong)).toEqual([]);
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(['DIALOGUE', 'MICROBLOG_REPLY']));
    expect(asked.some(({ demandId }) => demandId)).toBe(true);
    const demandIds = asked.flatMap(({ demandId }) => demandId ?? []);
    expect(new Set(demandIds).size).toBe(demandIds.length);
  });

  it('take cases through legal steps, forward in time and never beyond the reference day', () => {
    const isWrong = ({ moves, state, registeredAt, closedAt }: CaseLine): boolean =>
      moves.some((move, at) => at > 0 && !NEXT[moves[at - 1]?.state ?? '']?.includes(move.state)) ||
      moves.some((move, at) => at > 0 && move.at < (moves[at - 1]?.at ?? '')) ||
      moves.at(-1)?.state !== state ||
      moves[0]?.at !== registeredAt ||
      (moves.at(-1)?.at ?? '') >= `${asOf}T00` ||
      (closedAt !== undefined) !== (state === 'CLOSED');
    expect(lines.case.filter(isWrong)).toEqual([]);
    expect(new Set(lines.case.map(({ state }) => state)).size).toBeGreaterThan(1);
  });

  it('explain every duty of the past by an activity or an excuse, and leave those of the future open', () => {
    const heldOn = new Map([...lines.activity, ...lines.homeVisit].map(({ id, heldAt }) => [id, heldAt.slice(0, 10)]));
    const isWrong = ({ windowStart, windowEnd, fulfilledBy, fulfilledOn, excuse }: DutyLine): boolean =>
      (windowEnd < asOf && Boolean(fulfilledBy) === Boolean(excuse)) ||
      (windowStart > asOf && Boolean(fulfilledBy ?? excuse)) ||
      (fulfilledBy !== undefined && heldOn.get(fulfilledBy) !== fulfilledOn) ||
      (fulfilledOn !== undefined && (fulfilledOn < windowStart || fulfilledOn >= asOf));
    expect(lines.duty.filter(isWrong)).toEqual([]);
    expect(lines.duty.some(({ windowStart }) => windowStart > asOf)).toBe(true);
    expect(lines.duty.some(({ excuse }) => excuse)).toBe(true);
  });

  it('owe a care visit for every pairing in each month that it saw begin, kept by its helper at its household', () => {
    const pairings = new Map(lines.pairedAssistance.map((one) => [one.id, one]));
    const visits = new Map(lines.homeVisit.map((one) => [one.id, one]));
    const areas = new Map(lines.household.map(({ id, residentialAreaId }) => [id, residentialAreaId]));
    const care = lines.duty.filter(({ scheme }) => scheme === 'assistance-care');
    const isWrong = ({ assistance, windowStart, fulfilledBy }: DutyLine): boolean => {
      const pairing = pairings.get(assistance?.id ?? '');
      const visit = visits.get(fulfilledBy ?? '');
      return (
        !pairing ||
        windowStart < pairing.from ||
        (pairing.until !== undefined && pairing.until <= windowStart) ||
        assistance?.residentialAreaId !== areas.get(pairing.householdId) ||
        (fulfilledBy !== undefined &&
          !(visit?.care && visit.householdId === pairing.householdId && visit.cadreIds.includes(pairing.cadreId)))
      );
    };
    expect(care.filter(isWrong)).toEqual([]);
    const months = [...new Set(care.map(({ windowStart }) => windowStart))];
    expect(months).toHaveLength(14);
    const lasting = (month: string) =>
      lines.pairedAssistance.filter(({ from, until }) => from <= month && (!until || month < until)).length;
    for (const month of months)
      expect(care.filter(({ windowStart }) => windowStart === month)).toHaveLength(lasting(month));
    expect(lines.homeVisit.filter(({ care: isCare }) => isCare)).toHaveLength(
      care.filter(({ fulfilledBy }) => fulfilledBy).length,
    );
  });

  it('put delegates down for receptions in turn: within their terms, in one place on a day, and fairly in each year', () => {
    const terms = new Map(lines.publicRepresentative.map((one) => [one.id, one]));
    const standing = lines.receptionDay.filter(({ cancelled }) => !cancelled);
    const sittings = standing.flatMap(({ date, receivers }) =>
      receivers.map(({ representativeId }) => ({ date, representativeId })),
    );
    const isWrong = ({ date, representativeId }: (typeof sittings)[0]): boolean => {
      const { kind, termFrom = '', termUntil = '' } = terms.get(representativeId) ?? {};
      return kind !== 'PARTY_DELEGATE' || date < termFrom || date >= termUntil;
    };
    expect(sittings.filter(isWrong)).toEqual([]);
    expect(new Set(sittings.map(({ date, representativeId }) => `${date} ${representativeId}`)).size).toBe(
      sittings.length,
    );
    for (const list of Map.groupBy(sittings, ({ date }) => date.slice(0, 4)).values()) {
      const [first = '', last = ''] = [list.at(0)?.date, list.at(-1)?.date];
      const able = lines.publicRepresentative.filter(
        ({ kind, termFrom, termUntil }) => kind === 'PARTY_DELEGATE' && termFrom <= first && last < termUntil,
      );
      const counts = able.map(({ id }) => list.filter(({ representativeId }) => representativeId === id).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('tell of every past reception what was raised there, or that it was cancelled', () => {
    const heldAt = new Map(lines.activity.map(({ id, heldAt: held }) => [id, held]));
    const isWrong = ({ date, session, cancelled }: ReceptionDayLine): boolean =>
      date < asOf
        ? Boolean(session) === Boolean(cancelled) ||
          (session && heldAt.get(session.activityId) !== session.heldAt) === true
        : Boolean(session ?? cancelled);
    expect(lines.receptionDay.filter(isWrong)).toEqual([]);
    expect(lines.receptionDay.some(({ date }) => date > asOf)).toBe(true);
    expect(lines.activity.some(({ kind, demands }) => kind === 'RECEPTION' && demands.length > 0)).toBe(true);
    expect(lines.case.some(({ channel }) => channel === 'RECEPTION')).toBe(true);
  });

  it('never let periods run backwards, nor two pairings of one cadre and household overlap', () => {
    const periods = [
      ...lines.cadre.flatMap(({ ranks, posts }) => [...ranks, ...posts]),
      ...[
        lines.experience,
        lines.liaison,
        lines.contactAssignment,
        lines.branchPairing,
        lines.grid,
        lines.serviceTeam,
        lines.pairedAssistance,
      ].flat(),
      ...lines.participant.flatMap(({ teams }) => teams),
      ...lines.household.flatMap(({ hardship }) =>
        (hardship ?? []).map(({ since, until }) => ({ from: since, until })),
      ),
      ...lines.organization.flatMap(({ names, parents }) => [...names, ...parents]),
    ];
    expect(periods.filter(({ from, until }) => until !== undefined && until <= from)).toEqual([]);
    const byPair = Map.groupBy(lines.pairedAssistance, ({ cadreId, householdId }) => `${cadreId}/${householdId}`);
    const overlaps = [...byPair.values()].filter((list) =>
      list
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .some(({ until }, at, all) => at + 1 < all.length && (until ?? '9') > (all[at + 1]?.from ?? '')),
    );
    expect(overlaps).toEqual([]);
    expect(
      lines.pairedAssistance.filter(
        ({ consentedOn, from, until, endReason }) => consentedOn > from || Boolean(until) !== Boolean(endReason),
      ),
    ).toEqual([]);
  });

  it('put each residential area in one patch of its subdistrict, held by a group of that subdistrict', () => {
    const kinds = new Map(lines.organization.map(({ id, kind }) => [id, kind]));
    const homes = new Map(lines.cadre.map(({ id, posts }) => [id, posts.at(-1)?.organizationId]));
    const areas = lines.patch.flatMap((one) => one.areas.map(({ areaId }) => areaId));
    expect(areas.toSorted()).toEqual(
      [...kinds].flatMap(([id, kind]) => (kind === 'RESIDENTIAL_AREA' ? [id] : [])).sort(),
    );
    const held = Map.groupBy(
      lines.contactAssignment.filter(({ targetKind }) => targetKind === 'PATCH'),
      ({ targetId }) => targetId,
    );
    for (const { id, subdistrictId, areas: own } of lines.patch) {
      expect(own.length).toBeGreaterThan(0);
      const [group, ...more] = held.get(id) ?? [];
      expect(more).toEqual([]);
      expect(group?.contactorIds.length).toBeGreaterThan(1);
      expect(new Set(group?.contactorIds.map((cadreId) => homes.get(cadreId)))).toEqual(new Set([subdistrictId]));
    }
  });

  it('visit, under the schemes of 2018, what was to be visited', () => {
    const areasOf = new Map(lines.patch.map(({ id, areas }) => [id, areas.map(({ areaId }) => areaId)]));
    const assignments = new Map(lines.contactAssignment.map((one) => [one.id, one]));
    const activities = new Map(lines.activity.map((one) => [one.id, one]));
    for (const scheme of ['leaders-patch', 'leaders-enterprise', 'department-enterprise', 'leaders-university']) {
      const kept = lines.duty.filter((one) => one.scheme === scheme && one.fulfilledBy);
      expect(kept.length).toBeGreaterThan(0);
      for (const { assignmentId, fulfilledBy } of kept) {
        const [assignment, activity] = [assignments.get(assignmentId ?? ''), activities.get(fulfilledBy ?? '')];
        expect(areasOf.get(assignment?.targetId ?? '') ?? [assignment?.targetId]).toContain(activity?.targetId);
        expect(activity?.contactorIds.length).toBeGreaterThan(0);
      }
    }
  });

  it('plan the years of paired branches, one plan each, and review those that are over', () => {
    const pairings = new Map(lines.branchPairing.map((one) => [one.id, one]));
    const isWrong = ({ pairingId, year, items, reviewedOn }: PairingPlanLine): boolean => {
      const { from, until = '9' } = pairings.get(pairingId) ?? { from: '9' };
      const days = items.flatMap(({ plannedOn, doneOn }) => [plannedOn, ...(doneOn ? [doneOn] : [])]);
      return (
        items.some(({ plannedOn }) => plannedOn < from || plannedOn >= until) ||
        days.some((day) => !day.startsWith(`${year}-`)) ||
        items.some(({ outcome }) => Boolean(outcome) !== Boolean(reviewedOn)) ||
        items.some(({ outcome, activityId, note }) => outcome && !activityId && !note) ||
        (reviewedOn ?? '') >= asOf
      );
    };
    expect(lines.pairingPlan.filter(isWrong)).toEqual([]);
    const years = new Set(lines.pairingPlan.map(({ pairingId, year }) => `${pairingId}/${year}`));
    expect(years.size).toBe(lines.pairingPlan.length);
    expect(
      lines.pairingPlan.some(
        ({ concludedByBranchOn, concludedByPartnerOn }) => concludedByBranchOn && concludedByPartnerOn,
      ),
    ).toBe(true);
    expect(lines.pairingPlan.some(({ items }) => items.some(({ activityId }) => activityId))).toBe(true);
  });

  it('give every role an account, and cadres one of their own', () => {
    const subs = new Set(lines.account.map(({ sub }) => sub));
    for (const role of [
      'GRID_WORKER',
      'CADRE',
      'SUBDISTRICT',
      'DEPARTMENT',
      'DISPATCH_CENTRE',
      'FRONTLINE_OFFICE',
      'INSPECTION',
      'ORG_DEPARTMENT',
      'LEADER',
      'AUDITOR',
      'PARTNER',
      'ADMIN',
    ]) {
      expect(subs).toContain(`demo:${role}`);
    }
    const placed = lines.account.filter(({ grants }) =>
      ['GRID_WORKER', 'CADRE', 'SUBDISTRICT', 'DEPARTMENT'].includes(grants[0]?.role ?? ''),
    );
    expect(placed.filter(({ grants }) => !grants[0]?.place)).toEqual([]);
    expect(
      lines.account.filter(({ grants, cadreId }) => (grants[0]?.role === 'CADRE') !== (cadreId !== undefined)),
    ).toEqual([]);
  });
});
