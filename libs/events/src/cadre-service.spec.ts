import { cadreStatusOn, hasLeft, leftOn } from './cadre-service.ts';

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
