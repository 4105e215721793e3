import { TELL_WITHIN_DAYS, type TellBackLine } from './contacts/tell-backs.ts';
import { addDays } from './days.ts';
import type { PairedAssistanceLine } from './households/hardship.ts';
import { small } from './plan/small.ts';
import { yangpu } from './plan/yangpu.ts';
import { readWithStories, type Lines } from './read-scenario.fixture.ts';
import type { Stories } from './scenario.ts';

describe.each([
  ['yangpu at a fiftieth', yangpu, 0.02, '2018-08-17'],
  ['yangpu two years later', yangpu, 0.02, '2020-06-30'],
  ['yangpu at the earliest', yangpu, 0.02, '2018-01-01'],
  ['small', small, 1, '2018-08-17'],
])('the stories of %s', (_name, plan, scale, asOf) => {
  let lines: Lines;
  let stories: Stories;
  beforeAll(() => {
    ({ lines, stories } = readWithStories(plan, scale, asOf));
  });

  it('tell of a manhole cover that a visit heard of and that stayed overdue for months', () => {
    const manhole = lines.case.find(({ number }) => number === stories.manholeCase);
    expect(manhole?.title).toContain('阴井盖');
    expect(manhole?.source?.kind).toBe('ACTIVITY');
    const answered = manhole?.moves.find(({ state }) => state === 'ANSWERED')?.at ?? asOf;
    expect(Date.parse(answered) - Date.parse(manhole?.promiseDueAt ?? '')).toBeGreaterThan(60 * 86_400_000);
  });

  it('tell of a demand heard at a door that was solved in time, and told back by who had heard it', () => {
    const lamp = lines.case.find(({ number }) => number === stories.toldBackCase);
    const visit = lines.activity.find(({ id }) => id === lamp?.source?.id);
    const demand = visit?.demands.find(({ id }) => id === lamp?.demandId);
    const told = lines.tellBack.filter(({ demandId }) => demandId === demand?.id);
    expect(visit).toMatchObject({ kind: 'VISIT', contactorIds: [expect.any(String)] });
    expect(demand).toMatchObject({ disposition: 'CASE', householdId: expect.any(String) });
    expect(lamp).toMatchObject({ state: 'CLOSED', closingCode: 'SOLVED', householdId: demand?.householdId });
    expect((lamp?.moves.find(({ state }) => state === 'ANSWERED')?.at ?? '9') <= (lamp?.promiseDueAt ?? '')).toBe(true);
    expect(told).toMatchObject([
      { caseId: lamp?.id, owedFrom: lamp?.closedAt?.slice(0, 10), toldOn: expect.any(String) },
    ]);
    expect(told[0]?.cadreId).toBe(visit?.contactorIds[0]);
    expect(told[0]?.toldById).toBe(visit?.contactorIds[0]);
  });

  it('tell back once every demand of a visit whose case was closed, at a door too, as that one, from that day on, and never ahead', () => {
    const cases = new Map(lines.case.map((one) => [one.id, one]));
    const heard = lines.case.filter(({ state, source }) => state === 'CLOSED' && source);
    expect(lines.tellBack.map(({ caseId }) => caseId).sort()).toEqual(heard.map(({ id }) => id).sort());
    const visits = new Map(lines.homeVisit.map((one) => [one.id, one]));
    const isWrong = ({ caseId, demandId, homeVisit, cadreId, owedFrom, toldOn, toldById }: TellBackLine): boolean => {
      const closed = cases.get(caseId);
      return (
        closed?.demandId !== demandId ||
        closed.closedAt?.slice(0, 10) !== owedFrom ||
        (toldOn !== undefined && (toldOn < owedFrom || toldOn >= asOf)) ||
        (closed.source?.kind === 'HOME_VISIT' ? closed.source.id : undefined) !== homeVisit?.id ||
        visits.get(homeVisit?.id ?? '')?.cadreIds[0] !== (homeVisit ? cadreId : undefined) ||
        // somebody of a service team that heard it tells as well, though no cadre
        (Boolean(toldOn) !== Boolean(toldById) && !(homeVisit && !cadreId)) ||
        (cadreId !== undefined && toldOn === undefined && addDays(owedFrom, 15) < asOf)
      );
    };
    expect(lines.tellBack.filter(isWrong)).toEqual([]);
    const late = lines.tellBack.filter(
      ({ owedFrom, toldOn }) => toldOn && addDays(owedFrom, TELL_WITHIN_DAYS) < toldOn,
    );
    expect(late.length).toBeLessThan(lines.tellBack.length / 10);
  });

  it('tell of a cadre who departed: contact handed over, liaison released, households without a helper until others took them over', () => {
    const gone = lines.cadre.find(({ staffNumber }) => staffNumber === stories.departedCadre);
    const on = gone?.statusSince ?? '';
    expect(gone?.status).toBe('DEPARTED');
    expect(on < asOf).toBe(true);
    const [former, ...more] = lines.contactAssignment.filter(({ contactorIds }) =>
      contactorIds.includes(gone?.id ?? ''),
    );
    expect([former?.until, more]).toEqual([on, []]);
    expect(lines.liaison.filter(({ cadreId }) => cadreId === gone?.id).map(({ until }) => until)).toEqual([on]);

    const [handover] = lines.handover.filter(({ assignmentId }) => assignmentId === former?.id);
    const next = lines.contactAssignment.find(({ id }) => id === handover?.nextAssignmentId);
    expect(handover).toMatchObject({ takesEffectOn: on, successorId: next?.contactorIds[0] });
    expect(next).toMatchObject({ scheme: former?.scheme, targetId: former?.targetId, from: on });
    expect(next?.until).toBeUndefined();
    expect(lines.cadre.find(({ id }) => id === handover?.successorId)?.status).toBe('ACTIVE');

    const left = lines.pairedAssistance.filter(({ cadreId }) => cadreId === gone?.id);
    expect(left).toHaveLength(3);
    for (const { householdId, until, endReason } of left) {
      expect([until, endReason]).toEqual([on, 'HELPER_LEFT']);
      const after = lines.pairedAssistance.filter((one) => one.householdId === householdId && one.from > on);
      expect(after).toHaveLength(1);
      expect(coversOn(lines.pairedAssistance, householdId, on)).toBe(false);
      expect(lines.cadre.find(({ id }) => id === after[0]?.cadreId)?.status).toBe('ACTIVE');
    }
  });

  it('keep the duties of the contact without a month between, and care visits before and after, where these months are told', () => {
    const gone = lines.cadre.find(({ staffNumber }) => staffNumber === stories.departedCadre);
    const former = lines.contactAssignment.find(({ contactorIds }) => contactorIds.includes(gone?.id ?? ''));
    const next = lines.handover.find(({ assignmentId }) => assignmentId === former?.id)?.nextAssignmentId;
    const months = lines.duty
      .filter(({ assignmentId }) => assignmentId === former?.id || assignmentId === next)
      .map(({ windowStart }) => windowStart.slice(0, 7));
    const all = new Set(
      lines.duty
        .filter(({ scheme }) => scheme === 'division-residential-area')
        .map((one) => one.windowStart.slice(0, 7)),
    );
    expect(months.toSorted()).toEqual([...all].sort());
    const left = lines.pairedAssistance.filter(({ cadreId }) => cadreId === gone?.id);
    const visited = (one: PairedAssistanceLine | undefined) =>
      lines.duty.some(({ assistance, fulfilledBy }) => assistance?.id === one?.id && fulfilledBy);
    const after = left.map(({ householdId }) =>
      lines.pairedAssistance.find((one) => one.householdId === householdId && one.cadreId !== gone?.id),
    );
    // whose months lie before those that are told has no visit in them
    const isTold = lines.duty.some(({ assistance, windowEnd }) => assistance && windowEnd < (gone?.statusSince ?? ''));
    expect([...left, ...after].filter((one) => !visited(one))).toEqual(isTold ? [] : left);
  });
});

function coversOn(list: readonly PairedAssistanceLine[], householdId: string, day: string): boolean {
  return list.some((one) => one.householdId === householdId && one.from <= day && (!one.until || day < one.until));
}
