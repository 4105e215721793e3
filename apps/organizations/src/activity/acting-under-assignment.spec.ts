import {
  actingAs,
  cadreOn,
  countsAs,
  foremost,
  ruling,
  type AssignmentFacts,
  type CadreOnDay,
} from './acting-under-assignment.ts';

const assignment: AssignmentFacts = {
  contactorKind: 'CADRE',
  contactorIds: ['first', 'second'],
  liaisonIds: ['liaison'],
  validFrom: '2018-01-01',
  validTo: '2018-08-01',
};
const open: AssignmentFacts = { ...assignment, validTo: null };
const department: AssignmentFacts = { ...open, contactorKind: 'ORGANIZATION', contactorIds: ['office'] };
const cadre = (about: Partial<CadreOnDay>): CadreOnDay => ({ organizationIds: [], liaisonIds: [], ...about });
const register = new Map([
  ['second', cadre({ substituteId: 'deputy', liaisonIds: ['companion'] })],
  ['clerk', cadre({ organizationIds: ['office'] })],
]);

describe('under an assignment', () => {
  it.each([
    ['first', 'CONTACTOR'],
    ['second', 'CO_CONTACTOR'],
    ['deputy', 'SUBSTITUTE'],
    ['liaison', 'LIAISON'],
    ['companion', 'LIAISON'],
    ['clerk', undefined],
    ['stranger', undefined],
  ])('%s acts as %s', (who, capacity) => expect(actingAs(assignment, who, register)).toBe(capacity));

  it('of an organization its members act', () => {
    expect(actingAs(department, 'clerk', register)).toBe('MEMBER');
    expect(actingAs(department, 'first', register)).toBeUndefined();
  });

  it('nobody stands in for a contactor who is there', () =>
    expect(actingAs(assignment, 'deputy', new Map([['second', cadre({})]]))).toBeUndefined());
});

describe('the register of a day', () => {
  const record = {
    id: 'second',
    staffNumber: 'YP1',
    status: 'ACTIVE' as const,
    ranks: [],
    partyMember: [],
    posts: [
      { organizationId: 'old', from: '2010-01-01', until: '2018-07-01' },
      { organizationId: 'new', from: '2018-07-01' },
    ],
    liaisonIds: [{ cadreId: 'companion', from: '2018-07-02' }],
    absences: [{ id: 'away', substituteId: 'deputy', from: '2018-07-01', until: '2018-07-03' }],
  };
  it.each([
    ['2018-06-30', { organizationIds: ['old'], liaisonIds: [] }],
    ['2018-07-01', { organizationIds: ['new'], liaisonIds: [], substituteId: 'deputy' }],
    ['2018-07-02', { organizationIds: ['new'], liaisonIds: ['companion'], substituteId: 'deputy' }],
    ['2018-07-03', { organizationIds: ['new'], liaisonIds: ['companion'] }],
  ])('says for %s what held then', (day, expected) => expect(cadreOn(record, day)).toEqual(expected));

  it('reads records of before absences were told', () => {
    const { absences: _, ...older } = record;
    expect(cadreOn(older, '2018-07-01').substituteId).toBeUndefined();
  });
});

describe('a record made under an assignment', () => {
  const told = (facts: AssignmentFacts, heldOn: string, today: string, who: string | undefined = 'first') => {
    const taken = ruling(facts, who, register, { heldOn, today });
    return 'refusal' in taken ? taken.refusal : taken.acceptance;
  };
  it.each([
    ['ACCEPTED', open, '2018-08-02', '2018-08-03'],
    ['ACCEPTED', assignment, '2018-07-31', '2018-07-31'],
    ['ACCEPTED_AS_FORMER', assignment, '2018-07-31', '2018-08-01'],
    ['ACCEPTED_AS_FORMER', assignment, '2018-01-01', '2018-12-01'],
    ['activity.assignmentEnded', assignment, '2018-08-01', '2018-08-01'],
    ['activity.assignmentNotBegun', assignment, '2017-12-31', '2018-08-01'],
  ])('is %s', (expected, facts, heldOn, today) => expect(told(facts, heldOn, today)).toBe(expected));

  it('is refused to whoever does not act under it, whatever the day, and to callers who are no cadre', () => {
    expect(told(open, '2018-08-02', '2018-08-02', 'stranger')).toBe('activity.notYourAssignment');
    expect(told(assignment, '2017-01-01', '2018-08-02', 'stranger')).toBe('activity.notYourAssignment');
    expect(ruling(open, undefined, register, { heldOn: '2018-08-02', today: '2018-08-02' })).toEqual({
      refusal: 'activity.notYourAssignment',
    });
  });

  it('says in what capacity', () =>
    expect(ruling(open, 'deputy', register, { heldOn: '2018-08-02', today: '2018-08-02' })).toEqual({
      acceptance: 'ACCEPTED',
      actingAs: 'SUBSTITUTE',
    }));
});

describe('of several assignments to a target', () => {
  it('that of the foremost capacity is taken, then the earliest', () => {
    const other = { ...open, contactorIds: ['second', 'first'] };
    const later = { ...open, validFrom: '2018-02-01' };
    expect(foremost([other, later, open], 'first', register)).toBe(open);
    expect(foremost([other, department], 'clerk', register)).toBe(department);
    expect(foremost([other], 'stranger', register)).toBeUndefined();
  });

  it('those count for which somebody contacts, stands in or belongs, not those where a liaison came alone', () => {
    expect(countsAs(open, ['stranger', 'second'], register)).toBe('CO_CONTACTOR');
    expect(countsAs(open, ['deputy'], register)).toBe('SUBSTITUTE');
    expect(countsAs(open, ['deputy', 'first'], register)).toBe('CONTACTOR');
    expect(countsAs(department, ['clerk'], register)).toBe('MEMBER');
    expect(countsAs(open, ['liaison', 'companion'], register)).toBeUndefined();
  });
});
