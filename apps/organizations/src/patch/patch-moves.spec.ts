import { fateOf } from './patch-moves.ts';

const patch = { id: 'patch', areaIds: ['1', '2', '3'] };
const moves = (given: Record<string, string | null>) => new Map(Object.entries(given));

describe('a patch whose areas go elsewhere', () => {
  it('stays when they are others', () => expect(fateOf(patch, moves({ 4: 'new' }))).toEqual({ fate: 'STAYS' }));

  it('loses some of them, wherever they go', () =>
    expect(fateOf(patch, moves({ 1: 'new', 3: null, 4: 'new' }))).toEqual({ fate: 'LOSES', areaIds: ['1', '3'] }));

  it('goes with all of them to one subdistrict', () =>
    expect(fateOf(patch, moves({ 1: 'new', 2: 'new', 3: 'new' }))).toEqual({ fate: 'GOES', subdistrictId: 'new' }));

  it.each([[{ 1: 'new', 2: 'new', 3: 'other' }], [{ 1: 'new', 2: 'new', 3: null }], [{ 1: null, 2: null, 3: null }]])(
    'ends when they are scattered, or are no more: %j',
    (given) => expect(fateOf(patch, moves(given))).toEqual({ fate: 'ENDS' }),
  );
});
