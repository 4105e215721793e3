import { canSucceed, mayStandUnder } from './tree-places.ts';

describe('places in the trees', () => {
  it.each([
    ['TERRITORY', 'SUBDISTRICT', 'DISTRICT', true],
    ['TERRITORY', 'RESIDENTIAL_AREA', 'TOWN', true],
    ['TERRITORY', 'RESIDENTIAL_AREA', 'DISTRICT', false],
    ['TERRITORY', 'SUBDISTRICT', 'TOWN', false],
    ['TERRITORY', 'DISTRICT', 'DISTRICT', false],
    ['TERRITORY', 'SERVICE_CENTRE', 'SUBDISTRICT', true],
    ['TERRITORY', 'ENTERPRISE', 'RESIDENTIAL_AREA', true],
    ['TERRITORY', 'ENTERPRISE', 'DEPARTMENT', false],
    ['TERRITORY', 'PARTY_BRANCH', 'ENTERPRISE', true],
    ['TERRITORY', 'PARTY_BRANCH', 'PARTY_BRANCH', false],
    ['FUNCTION', 'DEPARTMENT', 'LEADING_BODY', true],
    ['FUNCTION', 'RESIDENTIAL_AREA', 'DEPARTMENT', false],
  ] as const)('%s: a %s under a %s: %s', (tree, kind, parent, may) =>
    expect(mayStandUnder(tree, kind, parent)).toBe(may),
  );

  it('are taken over by the like', () => {
    expect(canSucceed('TOWN', 'SUBDISTRICT')).toBe(true);
    expect(canSucceed('DEPARTMENT', 'DEPARTMENT')).toBe(true);
    expect(canSucceed('DEPARTMENT', 'SUBDISTRICT')).toBe(false);
  });
});
