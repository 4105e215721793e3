import {
  mayContact,
  mayGoAlong,
  mostLiaisons,
  organizationMayContact,
  type CadreFacts,
} from './assignment-eligibility.ts';

const office = '00000000-0000-5000-8000-000000000001';
const kinds = new Map([[office, 'DEPARTMENT']]);
const cadre = (more: Partial<CadreFacts> = {}): CadreFacts => ({
  id: '00000000-0000-5000-8000-000000000009',
  staffNumber: 'YP000123',
  status: 'ACTIVE',
  ranks: [
    { rank: 'SECTION', from: '2010-01-01', until: '2018-01-01' },
    { rank: 'DIVISION', from: '2018-01-01' },
  ],
  posts: [{ organizationId: office, from: '2010-01-01', until: '2020-01-01' }],
  partyMember: [],
  liaisonIds: [],
  ...more,
});
const rule = { kind: 'CADRE' as const, ranks: ['DIVISION'], organizationKinds: ['DEPARTMENT'] };

describe('a contactor', () => {
  it('is eligible by rank and post of the day', () => {
    expect(mayContact(rule, cadre(), kinds, '2018-01-01')).toBe(true);
    expect(mayContact(rule, cadre(), kinds, '2017-12-31')).toBe(false);
    expect(mayContact(rule, cadre(), kinds, '2020-01-01')).toBe(false);
    expect(mayContact({ ...rule, organizationKinds: ['SUBDISTRICT'] }, cadre(), kinds, '2018-01-01')).toBe(false);
  });

  it('is nobody who has left by then', () => {
    const leaving = cadre({
      statuses: [
        { status: 'ACTIVE', from: '2010-01-01', until: '2019-01-01' },
        { status: 'RETIRED', from: '2019-01-01' },
      ],
    });
    expect(mayContact(rule, leaving, kinds, '2018-12-31')).toBe(true);
    expect(mayContact(rule, leaving, kinds, '2019-01-01')).toBe(false);
    expect(mayContact(rule, cadre({ status: 'DEPARTED' }), kinds, '2018-06-01')).toBe(false);
  });
});

describe('a contactor of whom membership or a particular organization is asked', () => {
  const party = [{ from: '2018-03-01', until: '2018-09-01' }];
  const asked = (memberships: ('PARTY' | 'LEAGUE')[], facts: Partial<CadreFacts>, day: string) =>
    mayContact({ ...rule, memberships }, cadre(facts), kinds, day);

  it('is eligible while being a member, and no longer', () => {
    expect(asked(['PARTY'], { partyMember: party }, '2018-02-28')).toBe(false);
    expect(asked(['PARTY'], { partyMember: party }, '2018-03-01')).toBe(true);
    expect(asked(['PARTY'], { partyMember: party }, '2018-09-01')).toBe(false);
    expect(asked(['LEAGUE'], { partyMember: party }, '2018-03-01')).toBe(false);
    expect(asked(['PARTY', 'LEAGUE'], { leagueMember: party }, '2018-03-01')).toBe(true);
  });

  it('has a post there, or is it', () => {
    const there = { ...rule, organizationIds: [office] };
    const elsewhere = { ...rule, organizationIds: ['00000000-0000-5000-8000-000000000002'] };
    expect(mayContact(there, cadre(), kinds, '2018-01-01')).toBe(true);
    expect(mayContact(there, cadre(), kinds, '2020-01-01')).toBe(false);
    expect(mayContact(elsewhere, cadre(), kinds, '2018-01-01')).toBe(false);
    const body = { id: office, kind: 'LEADING_BODY', validFrom: '2000-01-01', validTo: '2019-01-01' };
    const byBody = { kind: 'ORGANIZATION' as const, organizationKinds: ['LEADING_BODY'], organizationIds: [office] };
    expect(organizationMayContact(byBody, body, '2018-12-31')).toBe(true);
    expect(organizationMayContact(byBody, body, '2019-01-01')).toBe(false);
    expect(organizationMayContact(byBody, { ...body, id: 'another' }, '2018-01-01')).toBe(false);
  });
});

describe('a liaison', () => {
  it('is below division level on the day', () => {
    expect(mayGoAlong(cadre(), kinds, '2017-12-31')).toBe(true);
    expect(mayGoAlong(cadre(), kinds, '2018-01-01')).toBe(false);
  });

  it('is none where the scheme asks for none', () => {
    expect(mostLiaisons(undefined)).toBe(0);
    expect(mostLiaisons({ min: 1, max: 2 })).toBe(2);
  });
});
