import type { ContactorRule } from './contact-scheme.entity.ts';
import { onDay, stretchesOf } from './rule-heirs.ts';

const heirs = new Map([
  ['town', { id: 'street', since: '2019-03-01' }],
  ['street', { id: 'city', since: '2021-01-01' }],
]);
const version = (contactor: Partial<ContactorRule>, validFrom = '2018-01-01', validTo: string | null = null) => ({
  contactor: { kind: 'CADRE' as const, ...contactor },
  validFrom,
  validTo,
});

describe('a rule that names organizations', () => {
  it('names whoever goes on for them, from the day of each succession on', () => {
    expect(stretchesOf(version({ organizationIds: ['other', 'town'] }), heirs)).toEqual([
      version({ organizationIds: ['other', 'town'] }, '2018-01-01', '2019-03-01'),
      version({ organizationIds: ['other', 'street'] }, '2019-03-01', '2021-01-01'),
      version({ organizationIds: ['city', 'other'] }, '2021-01-01'),
    ]);
  });

  it('names one once that goes on for several, and stays within its own days', () => {
    expect(stretchesOf(version({ organizationIds: ['street', 'town'] }, '2018-01-01', '2020-01-01'), heirs)).toEqual([
      version({ organizationIds: ['street', 'town'] }, '2018-01-01', '2019-03-01'),
      version({ organizationIds: ['street'] }, '2019-03-01', '2020-01-01'),
    ]);
    expect(stretchesOf(version({ organizationIds: ['town'] }, '2020-01-01'), heirs)).toEqual([
      version({ organizationIds: ['street'] }, '2020-01-01', '2021-01-01'),
      version({ organizationIds: ['city'] }, '2021-01-01'),
    ]);
  });

  it('does not shut out the subdistrict that goes on for a town', () => {
    const named = onDay(version({ organizationIds: ['town'], organizationKinds: ['TOWN'] }), heirs, '2019-03-01');
    expect(named.contactor.organizationKinds).toEqual(['TOWN', 'SUBDISTRICT']);
  });

  it('is as it was made where it names none, or none that has an heir', () => {
    for (const rule of [{}, { organizationIds: ['other'] }]) {
      const made = version(rule);
      expect(stretchesOf(made, heirs)).toEqual([made]);
      expect(onDay(made, heirs, '2022-01-01')).toEqual(made);
    }
  });
});
