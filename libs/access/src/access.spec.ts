import fc from 'fast-check';
import {
  allows,
  maskAddress,
  maskName,
  maskPhone,
  personalData,
  placesFor,
  PUBLIC,
  READS_DISTRICT,
  ROLES,
  roles,
  SIGNED_IN,
  STAFF,
  SYSTEM,
  type Actor,
  type Grant,
} from './index.ts';

const place = fc.constantFrom('district', 'street-1', 'street-2', 'area-1');
const grant: fc.Arbitrary<Grant> = fc.record({ role: fc.constantFrom(...ROLES), place }, { requiredKeys: ['role'] });
const person = (grants: Grant[], cadreId?: string): Actor => ({
  kind: 'person',
  sub: 'somebody',
  grants,
  ...(cadreId && { cadreId }),
});
const path = ['district', 'street-1', 'area-1'];

describe('rules', () => {
  it.each(ROLES)('%s passes a rule that names it, and none that does not', (role) => {
    expect(allows(roles(role), person([{ role }]))).toBe(true);
    expect(allows(roles(...ROLES.filter((each) => each !== role)), person([{ role }]))).toBe(false);
  });

  it('let a stranger read what is public and nothing else', () => {
    const anonymous: Actor = { kind: 'anonymous' };
    expect([PUBLIC, SIGNED_IN, STAFF, SYSTEM, roles(...ROLES)].map((rule) => allows(rule, anonymous))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('keep what is for services from every person', () => {
    fc.assert(fc.property(fc.array(grant), (grants) => !allows(SYSTEM, person(grants))));
    expect(allows(SYSTEM, { kind: 'system', service: 'cases' })).toBe(true);
  });

  it('count partners as signed in, and not as staff', () => {
    expect(allows(SIGNED_IN, person([{ role: 'PARTNER' }]))).toBe(true);
    expect(allows(STAFF, person([{ role: 'PARTNER' }]))).toBe(false);
  });
});

describe('places', () => {
  it('are those of the roles asked for, or all when one of these roles has no place', () => {
    const actor = person([
      { role: 'SUBDISTRICT', place: 'street-1' },
      { role: 'SUBDISTRICT', place: 'street-1' },
      { role: 'DEPARTMENT', place: 'department' },
      { role: 'LEADER' },
    ]);
    expect(placesFor(actor, ['SUBDISTRICT'])).toEqual(['street-1']);
    expect(placesFor(actor, ['SUBDISTRICT', 'LEADER'])).toBe('ALL');
    expect(placesFor(actor, ['GRID_WORKER'])).toEqual([]);
  });

  it.each(['GRID_WORKER', 'SUBDISTRICT', 'DEPARTMENT'] as const)('are none for a %s whose grant names none', (role) => {
    expect(placesFor(person([{ role }]), [role])).toEqual([]);
    expect(placesFor(person([{ role }, { role, place: 'street-1' }]), [role])).toEqual(['street-1']);
  });

  it('are none for a stranger', () => expect(placesFor({ kind: 'anonymous' }, [...ROLES])).toEqual([]));
});

describe('personal data', () => {
  it.each(['GRID_WORKER', 'SUBDISTRICT'] as const)('is clear to a %s inside their place and masked outside', (role) => {
    expect(personalData(person([{ role, place: 'street-1' }]), path)).toBe('CLEAR');
    expect(personalData(person([{ role, place: 'street-2' }]), path)).toBe('MASKED');
    expect(personalData(person([{ role }]), path)).toBe('MASKED');
  });

  it('is clear to the cadre who answers for it', () => {
    expect(personalData(person([{ role: 'CADRE' }], 'cadre-1'), path, true)).toBe('CLEAR');
    expect(personalData(person([{ role: 'CADRE' }], 'cadre-1'), path, false)).toBe('MASKED');
    expect(personalData(person([{ role: 'LEADER' }], 'cadre-1'), path, true)).toBe('MASKED');
  });

  it.each([...READS_DISTRICT, 'PARTNER', 'ADMIN', 'DEPARTMENT'] as const)('is never clear to a %s', (role) => {
    fc.assert(
      fc.property(place, (where) => personalData(person([{ role, place: where }, { role }]), path) === 'MASKED'),
    );
  });

  it('is never clear without a grant, nor to a stranger or a service', () => {
    expect(personalData(person([]), path)).toBe('MASKED');
    expect(personalData({ kind: 'anonymous' }, path, true)).toBe('MASKED');
    expect(personalData({ kind: 'system', service: 'cases' }, path, true)).toBe('MASKED');
  });

  it('is never clear to anyone whose every place lies elsewhere', () => {
    fc.assert(
      fc.property(
        fc.array(grant),
        (grants) => personalData(person(grants.map((each) => ({ ...each, place: 'elsewhere' }))), path) === 'MASKED',
      ),
    );
  });
});

describe('masking', () => {
  it('keeps what tells two neighbours apart and no more', () => {
    expect(maskName('王小明')).toBe('王**');
    expect(maskName('欧阳')).toBe('欧**');
    expect(maskName('Wang Xiaoming')).toBe('W** X**');
    expect(maskPhone('13800001234')).toBe('*********34');
    expect(maskAddress('平凉路128弄3号502室')).toBe('平凉路***');
    expect(maskAddress('控江路十二号')).toBe('控江路***');
    expect(maskAddress('无门牌')).toBe('无门***');
  });

  it('hides how long a name is', () => expect(maskName('王明')).toBe(maskName('王小明')));

  it('never shows more than two characters of a phone, nor any digit of an address', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{7,13}$/), (phone) => (maskPhone(phone).match(/\d/g) ?? []).length <= 2),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('路', '街', '弄', '号', '1', '2', '9', '室') }),
        (address) => !/[0-9]/.test(maskAddress(address)),
      ),
    );
  });
});
