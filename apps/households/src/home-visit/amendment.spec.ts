import { amendDemand, checkMayAmend, removeDemand } from './amendment.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';

const day = (instant: Date): string => instant.toISOString().slice(0, 10);
const visit = (more: object = {}): HomeVisit =>
  Object.assign(new HomeVisit(), {
    heldAt: new Date('2018-08-01T02:00:00Z'),
    recordedAt: new Date('2018-08-03T02:00:00Z'),
    recorder: 'recorder',
    cadreIds: ['went'],
    ...more,
  });
const demand = (more: object = {}): HomeVisitDemand =>
  Object.assign(new HomeVisitDemand(), {
    text: '楼道灯坏了',
    disposition: 'CASE',
    categoryCode: 'LIGHT',
    caseKind: 'HELP_REQUEST',
    areaId: 'area',
    ...more,
  });
const refusal = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('who may amend a visit', () => {
  it.each<[string, object, object, string | undefined]>([
    ['whoever recorded it', {}, { recorder: 'recorder' }, undefined],
    ['whoever went', {}, { cadreId: 'went' }, undefined],
    ['nobody else', {}, { cadreId: 'stranger' }, 'homeVisit.notYoursToAmend'],
    ['on the fourteenth day after the record', {}, { cadreId: 'went', today: '2018-08-17' }, undefined],
    ['not after it', {}, { cadreId: 'went', today: '2018-08-18' }, 'homeVisit.amendmentTooLate'],
    [
      'of one that was brought in, by the day of the visit',
      { recordedAt: null, recorder: null },
      { cadreId: 'went', today: '2018-08-16' },
      'homeVisit.amendmentTooLate',
    ],
    ['not one that was withdrawn', { withdrawnAt: new Date() }, { cadreId: 'went' }, 'homeVisit.withdrawn'],
  ])('%s', (_what, of, who, code) => {
    const amender = { recorder: 'somebody', today: '2018-08-10', ...who };
    expect(refusal(() => checkMayAmend(visit(of), amender, day))).toBe(code);
  });
});

describe('a demand that is amended', () => {
  const amend = (before: HomeVisitDemand, change: object, caseState?: string) =>
    amendDemand(before, { demandId: before.id, ...change }, caseState, 'input.changeDemands[0]');

  it('out of a case withdraws it, and opens no second one', () => {
    const lamp = demand();
    expect(amend(lamp, { disposition: 'OPINION' }, 'HANDLING')).toMatchObject({
      withdraws: true,
      changes: [
        { field: 'disposition', before: 'CASE', after: 'OPINION' },
        { field: 'caseKind', before: 'HELP_REQUEST', after: null },
      ],
    });
    expect(refusal(() => amend(lamp, { disposition: 'CASE', caseKind: 'ENQUIRY' }))).toBe('homeVisit.caseWithdrawn');
  });

  it('into a case needs its kind', () => {
    const opinion = { disposition: 'OPINION', caseKind: null };
    expect(refusal(() => amend(demand(opinion), { disposition: 'CASE' }))).toBe('homeVisit.caseKind');
    expect(amend(demand(opinion), { disposition: 'CASE', caseKind: 'ENQUIRY' }).withdraws).toBe(false);
  });

  it.each(['CLOSED', 'NOT_ACCEPTED', 'MERGED'])('stays when its case is %s', (state) => {
    expect(refusal(() => amend(demand(), { disposition: 'OPINION' }, state))).toBe('homeVisit.caseConcluded');
    expect(refusal(() => removeDemand(demand(), new Date(), state, 'input.removeDemandIds[0]'))).toBe(
      'homeVisit.caseConcluded',
    );
  });

  it('leaves to its case what that has taken over, and keeps its words amendable', () => {
    expect(refusal(() => amend(demand(), { categoryCode: 'STAIRS' }))).toBe('homeVisit.caseDecides');
    expect(refusal(() => amend(demand(), { caseKind: 'ENQUIRY' }))).toBe('homeVisit.caseDecides');
    expect(amend(demand(), { text: '楼道灯不亮' }).changes).toMatchObject([{ field: 'text', after: '楼道灯不亮' }]);
  });

  it('keeps no outcome of another disposition', () => {
    const settled = demand({ disposition: 'SETTLED_ON_SPOT', caseKind: null, outcome: '当场更换' });
    expect(refusal(() => amend(settled, { disposition: 'TRANSFERRED_OUT' }))).toBe('homeVisit.outcome');
    amend(settled, { disposition: 'OPINION' });
    expect(settled.outcome).toBeNull();
  });
});
