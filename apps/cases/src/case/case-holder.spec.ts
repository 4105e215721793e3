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
    expect(mayGoOnHolding(cadre(), ['water'], '2018-08-17')).toBe(true);
    expect(mayGoOnHolding(cadre({ status: 'POSTED_AWAY' }), ['water'], '2018-08-17')).toBe(true);
    // given to somebody of elsewhere, or led by nobody yet
    expect(mayGoOnHolding(cadre(), ['housing'], '2018-08-17')).toBe(true);
    expect(mayGoOnHolding(cadre(), [], '2018-08-17')).toBe(true);
  });

  it.each(['RETIRED', 'DEPARTED'] as const)('no longer from the day on which they are %s', (status) => {
    const statuses: CadreFacts['statuses'] = [
      { status: 'ACTIVE', from: '2010-01-01', until: '2018-08-17' },
      { status, from: '2018-08-17' },
    ];
    expect(mayGoOnHolding(cadre({ statuses }), ['water'], '2018-08-16')).toBe(true);
    expect(mayGoOnHolding(cadre({ status, statuses }), ['water'], '2018-08-17')).toBe(false);
    expect(mayGoOnHolding(cadre({ status }), [], '2018-08-17')).toBe(false);
  });

  it('no longer from the day on which their post there ends', () => {
    const posts = [
      { organizationId: 'water', from: '2010-01-01', until: '2018-08-17' },
      { organizationId: 'housing', from: '2018-08-17' },
    ];
    expect(mayGoOnHolding(cadre({ posts }), ['water'], '2018-08-16')).toBe(true);
    expect(mayGoOnHolding(cadre({ posts }), ['water'], '2018-08-17')).toBe(false);
    expect(mayGoOnHolding(cadre({ posts }), ['housing'], '2018-08-17')).toBe(true);
  });

  describe('while its organization is taken over', () => {
    const DAY = '2018-08-17';
    const water = { organizationId: 'water', from: '2010-01-01' };
    const goesOn = { organizationId: 'heir', from: DAY, succeeds: 'water' };
    /** What we may have heard of the case: nothing yet, that the heir has it, that another one took its area. */
    const heard = [['water'], ['heir', 'water'], ['east', 'water']];
    const answers = (posts: CadreFacts['posts'], day = DAY) =>
      heard.map((leads) => mayGoOnHolding(cadre({ posts }), leads, day));

    it('goes on, whichever is heard first: that the case is passed on, or that the post is', () => {
      expect(answers([water])).toEqual([true, true, true]);
      expect(answers([{ ...water, until: DAY }, goesOn])).toEqual([true, true, true]);
      const again = { organizationId: 'last', from: '2020-01-01', succeeds: 'heir' };
      expect(answers([again, { ...goesOn, until: '2020-01-01' }, { ...water, until: DAY }], '2020-01-02')).toEqual([
        true,
        true,
        true,
      ]);
    });

    it('no longer when they are given a post elsewhere, on that very day or later', () => {
      const elsewhere = { organizationId: 'housing', from: DAY };
      expect(answers([{ ...water, until: DAY }, elsewhere])).toEqual([false, false, false]);
      const later = [
        { ...water, until: DAY },
        { ...goesOn, until: '2018-09-01' },
        { ...elsewhere, from: '2018-09-01' },
      ];
      expect(answers(later, '2018-08-31')).toEqual([true, true, true]);
      expect(answers(later, '2018-09-01')).toEqual([false, false, false]);
    });
  });
});
