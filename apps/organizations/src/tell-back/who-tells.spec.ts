import type { CadreOnDay } from '../activity/acting-under-assignment.ts';
import { tellsAs, whoOwes, type HeardFacts, type Teller } from './who-tells.ts';

const there: CadreOnDay = { organizationIds: [], liaisonIds: [] };
const gone: CadreOnDay = { ...there, hasLeft: true };
const register = new Map<string, CadreOnDay>([
  ['gone', gone],
  ['member', { ...there, organizationIds: ['department'] }],
  ['away', { ...there, substituteId: 'substitute' }],
]);
const held = (id: string, contactorIds: string[], more: object = {}) => ({
  id,
  contactorKind: 'CADRE' as const,
  contactorIds,
  liaisonIds: ['liaison'],
  validFrom: '2018-01-01',
  ...more,
});
const cadre = (cadreId: string) => ({ cadreId, organizationId: null });
const organization = (organizationId: string) => ({ cadreId: null, organizationId });

describe('a tell-back is owed by', () => {
  const same = held('a', ['first', 'second']);
  const next = held('b', ['heir', 'second']);
  const ofUnit = held('b', ['department'], { contactorKind: 'ORGANIZATION' });
  const cases: [string, Partial<HeardFacts>, object][] = [
    ['nobody, when no cadre heard it', { heardByIds: [] }, { cadreId: null, organizationId: null }],
    ['who heard it first', { heardByIds: ['first', 'second'] }, cadre('first')],
    ['the next who heard it, when the first has left', { heardByIds: ['gone', 'second'] }, cadre('second')],
    ['the place, when all have left', { heardByIds: ['gone'] }, organization('area')],
    [
      'who heard it, in whatever capacity, while the contact is as it was',
      { heardByIds: ['liaison'], underId: 'a', held: same },
      cadre('liaison'),
    ],
    [
      'the contactor, when who heard it with them has left',
      { heardByIds: ['gone'], underId: 'a', held: same },
      cadre('first'),
    ],
    ['the heir of the contact', { heardByIds: ['first'], underId: 'a', held: next }, cadre('heir')],
    [
      'who heard it and holds the contact still, before the heir',
      { heardByIds: ['first', 'second'], underId: 'a', held: next },
      cadre('second'),
    ],
    [
      'the heir, although a liaison goes along still',
      { heardByIds: ['first', 'liaison'], underId: 'a', held: next },
      cadre('heir'),
    ],
    [
      'the next of the heirs, when the first has left',
      { heardByIds: ['first'], underId: 'a', held: held('b', ['gone', 'second']) },
      cadre('second'),
    ],
    ['the place, when the contact has no heir', { heardByIds: ['first'], underId: 'a' }, organization('area')],
    [
      'the place, when every heir has left',
      { heardByIds: ['first'], underId: 'a', held: held('b', ['gone']) },
      organization('area'),
    ],
    [
      'the organization that holds the contact',
      { heardByIds: ['first'], underId: 'a', held: ofUnit },
      organization('department'),
    ],
    ['its member who heard it', { heardByIds: ['member'], underId: 'a', held: ofUnit }, cadre('member')],
  ];
  it.each(cases)('%s', (_who, facts, owes) =>
    expect(whoOwes({ heardByIds: [], areaId: 'area', ...facts }, register)).toEqual(owes),
  );
});

describe('somebody tells as', () => {
  const nobody: Teller = { heardIt: false, meetsResidentsThere: false };
  it.each([
    [
      'who heard it, before anything else',
      cadre('first'),
      { ...nobody, cadreId: 'first', heardIt: true },
      'WHO_HEARD_IT',
    ],
    ['whose it is now', cadre('heir'), { ...nobody, cadreId: 'heir' }, 'SUCCESSOR'],
    ['who stands in', cadre('away'), { ...nobody, cadreId: 'substitute' }, 'SUBSTITUTE'],
    [
      'a member of the organization whose it is',
      organization('department'),
      { ...nobody, cadreId: 'member' },
      'IN_CHARGE',
    ],
    ['who meets residents there', organization('area'), { ...nobody, meetsResidentsThere: true }, 'IN_CHARGE'],
    ['nobody else', cadre('first'), { ...nobody, cadreId: 'substitute' }, undefined],
    ['no member of another organization', organization('area'), { ...nobody, cadreId: 'member' }, undefined],
    ['nobody who is no cadre', cadre('first'), nobody, undefined],
  ])('%s', (_who, owes, teller, as) => expect(tellsAs(owes, teller, register)).toBe(as));
});
