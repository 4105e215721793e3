import { cadreStatusOn, ceasesOn, hasLeft, isOfficeCadre, leftOn } from './cadre-service.ts';

const ACTIVE = { status: 'ACTIVE', from: '2000-07-01', until: '2018-09-01' } as const;
const retires = { status: 'ACTIVE', statuses: [ACTIVE, { status: 'RETIRED', from: '2018-09-01' }] } as const;
const cadre = (facts: object) => facts as Parameters<typeof leftOn>[0];

describe('whether a cadre serves the district', () => {
  it.each([
    ['ACTIVE', false],
    ['POSTED_AWAY', false],
    ['ON_LEAVE', false],
    ['RETIRED', true],
    ['DEPARTED', true],
  ] as const)('%s: left is %s', (status, left) => expect(hasLeft(status)).toBe(left));

  it('goes by the status of the day, and by what the record was told with where it has no history', () => {
    expect(cadreStatusOn(cadre(retires), '2018-08-31')).toBe('ACTIVE');
    expect(cadreStatusOn(cadre(retires), '2018-09-01')).toBe('RETIRED');
    expect(cadreStatusOn(cadre({ status: 'ON_LEAVE' }), '2018-09-01')).toBe('ON_LEAVE');
    expect(cadreStatusOn(cadre({ status: 'ON_LEAVE', statuses: [] }), '2018-09-01')).toBe('ON_LEAVE');
  });

  it('ends with the last status, in whatever order the history is told', () => {
    expect(leftOn(cadre(retires), '2018-08-17')).toBe('2018-09-01');
    expect(leftOn(cadre({ ...retires, statuses: retires.statuses.toReversed() }), '2018-08-17')).toBe('2018-09-01');
    expect(leftOn(cadre({ status: 'DEPARTED' }), '2018-08-17')).toBe('2018-08-17');
    expect(leftOn(cadre({ status: 'DEPARTED', statuses: [] }), '2018-08-17')).toBe('2018-08-17');
    expect(leftOn(cadre({ status: 'ACTIVE' }), '2018-08-17')).toBeUndefined();
    const back = [...retires.statuses, { status: 'ACTIVE', from: '2018-10-01' }];
    expect(leftOn(cadre({ ...retires, statuses: back }), '2018-11-01')).toBeUndefined();
  });
});

describe('an office cadre', () => {
  const kindOf = new Map([
    ['department', 'DEPARTMENT'],
    ['street', 'SUBDISTRICT'],
    ['area', 'RESIDENTIAL_AREA'],
    ['institution', 'INSTITUTION'],
  ]);
  const at = (organizationId: string, from = '2010-01-01', until?: string) => ({
    organizationId,
    from,
    ...(until && { until }),
  });

  it.each([
    ['at a department', [at('department')], true],
    ['at a subdistrict', [at('street')], true],
    ['at a residential area', [at('area')], false],
    ['at an institution', [at('institution')], false],
    ['at one of several', [at('area'), at('department')], true],
    ['where nobody knows yet', [at('unknown')], true],
    ['not any more', [at('department', '2010-01-01', '2018-08-17'), at('area', '2018-08-17')], false],
    ['not yet', [at('area'), at('department', '2018-08-18')], false],
    ['nowhere', [], false],
  ])('has a post %s', (_where, posts, expected) => {
    expect(isOfficeCadre(posts, kindOf, '2018-08-17')).toBe(expected);
  });
});

describe('the day on which something ceases', () => {
  const days = ['2018-01-01', '2018-03-01', '2018-06-01', '2018-10-01'];
  const today = '2018-08-17';
  const among = (...which: string[]) => ceasesOn([...days].reverse(), (day) => which.includes(day), today);

  it('is the next day on which it does not hold, or when it ended', () => {
    expect(among('2018-01-01', '2018-03-01', '2018-06-01')).toBe('2018-10-01');
    expect(among('2018-01-01')).toBe('2018-03-01');
    expect(among('2018-01-01', '2018-03-01')).toBe('2018-06-01');
    expect(among('2018-01-01', '2018-10-01')).toBe('2018-03-01');
  });

  it('is none where it goes on, where a gap of days gone by is closed, and where it never held', () => {
    expect(among(...days)).toBeUndefined();
    expect(among('2018-01-01', '2018-06-01', '2018-10-01')).toBeUndefined();
    expect(among()).toBeUndefined();
    expect(ceasesOn([], () => false, today)).toBeUndefined();
  });

  it('is the first one for what begins ahead and does not hold then', () => {
    expect(ceasesOn(['2018-10-01', '2018-12-01'], () => false, today)).toBe('2018-10-01');
    expect(ceasesOn(['2018-10-01', '2018-12-01'], (day) => day < '2018-12-01', today)).toBe('2018-12-01');
  });
});
