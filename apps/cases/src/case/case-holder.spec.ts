import { mayGoOnHolding, type CadreFacts } from './case-holder.ts';

const cadre = (facts: Partial<CadreFacts> = {}): CadreFacts => ({
  id: 'cadre',
  staffNumber: '1',
  status: 'ACTIVE',
  ranks: [],
  posts: [{ organizationId: 'water', from: '2010-01-01' }],
  partyMember: [],
  liaisonIds: [],
  ...facts,
});

describe('whoever holds a case', () => {
  it('goes on with it while in service and at the organization that leads it', () => {
    expect(mayGoOnHolding(cadre(), 'water', '2018-08-17')).toBe(true);
    expect(mayGoOnHolding(cadre({ status: 'POSTED_AWAY' }), 'water', '2018-08-17')).toBe(true);
    // given to somebody of elsewhere, or led by nobody yet
    expect(mayGoOnHolding(cadre(), 'housing', '2018-08-17')).toBe(true);
    expect(mayGoOnHolding(cadre(), null, '2018-08-17')).toBe(true);
  });

  it.each(['RETIRED', 'DEPARTED'] as const)('no longer from the day on which they are %s', (status) => {
    const statuses: CadreFacts['statuses'] = [
      { status: 'ACTIVE', from: '2010-01-01', until: '2018-08-17' },
      { status, from: '2018-08-17' },
    ];
    expect(mayGoOnHolding(cadre({ statuses }), 'water', '2018-08-16')).toBe(true);
    expect(mayGoOnHolding(cadre({ status, statuses }), 'water', '2018-08-17')).toBe(false);
    expect(mayGoOnHolding(cadre({ status }), null, '2018-08-17')).toBe(false);
  });

  it('no longer from the day on which their post there ends', () => {
    const posts = [
      { organizationId: 'water', from: '2010-01-01', until: '2018-08-17' },
      { organizationId: 'housing', from: '2018-08-17' },
    ];
    expect(mayGoOnHolding(cadre({ posts }), 'water', '2018-08-16')).toBe(true);
    expect(mayGoOnHolding(cadre({ posts }), 'water', '2018-08-17')).toBe(false);
    expect(mayGoOnHolding(cadre({ posts }), 'housing', '2018-08-17')).toBe(true);
  });
});
