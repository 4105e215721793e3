import fc from 'fast-check';
import type { CadreFacts } from '../contact-assignment/assignment-eligibility.ts';
import { coverageSpells, type CoverageTerms, type HeldContact, type Subject } from './coverage-spells.ts';

const terms: CoverageTerms = {
  validFrom: '2018-01-01',
  contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: ['DEPARTMENT'] },
  targetKinds: ['TOWN'],
  liaisons: { min: 1, max: 2 },
  cardinalities: { targetsPerContactor: { max: 1 }, contactorsPerTarget: { min: 2 } },
};
const leader = (facts: Partial<CadreFacts> = {}): Subject => ({
  kind: 'CADRE',
  id: 'leader',
  cadre: {
    id: 'leader',
    staffNumber: '1',
    status: 'ACTIVE',
    ranks: [{ rank: 'DIVISION', from: '2010-01-01' }],
    posts: [{ organizationId: 'office', from: '2010-01-01' }],
    partyMember: [],
    liaisonIds: [],
    ...facts,
  },
  kindOf: new Map([
    ['office', 'DEPARTMENT'],
    ['street', 'TOWN'],
  ]),
});
const town: Subject = {
  kind: 'ORGANIZATION',
  id: 'town',
  organization: { id: 'town', kind: 'TOWN', validFrom: '2000-01-01' },
};
const held = (validFrom: string, validTo: string | null, more: Partial<HeldContact> = {}): HeldContact => ({
  contactorIds: ['leader'],
  targetId: 'town',
  liaisonIds: ['helper'],
  validFrom,
  validTo,
  ...more,
});
const told = (...of: Parameters<typeof coverageSpells>) =>
  coverageSpells(...of).map(({ validFrom, validTo, covered, reasons }) => [
    validFrom,
    validTo,
    covered,
    reasons.join(),
  ]);

describe('a contactor', () => {
  it('is eligible while rank, post, service and scheme hold, and covered while an assignment does', () => {
    const posts = [
      { organizationId: 'office', from: '2010-01-01', until: '2019-01-01' },
      { organizationId: 'street', from: '2019-01-01' },
    ];
    expect(told([terms], leader({ posts }), [held('2018-03-01', '2018-06-01')])).toEqual([
      ['2018-01-01', '2018-03-01', false, 'CONTACTS_NOBODY'],
      ['2018-03-01', '2018-06-01', true, ''],
      ['2018-06-01', '2019-01-01', false, 'CONTACTS_NOBODY'],
    ]);
    const statuses = [
      { status: 'ACTIVE', from: '2010-01-01', until: '2018-02-01' },
      { status: 'RETIRED', from: '2018-02-01' },
    ] as CadreFacts['statuses'];
    expect(told([terms], leader({ statuses }), [])).toEqual([['2018-01-01', '2018-02-01', false, 'CONTACTS_NOBODY']]);
  });

  it('lacks liaisons, or has more targets than the scheme allows', () => {
    const both = [held('2018-01-01', null, { liaisonIds: [] }), held('2018-02-01', null, { targetId: 'other' })];
    expect(told([terms], leader(), both)).toEqual([
      ['2018-01-01', '2018-02-01', true, 'TOO_FEW_LIAISONS'],
      ['2018-02-01', null, true, 'TOO_MANY_TARGETS,TOO_FEW_LIAISONS'],
    ]);
  });

  it('lacked liaisons on the days on which it had too few, whatever it has now', () => {
    const once = held('2018-01-01', null, {
      formerLiaisons: [
        { liaisonIds: [], until: '2018-02-01' },
        { liaisonIds: ['helper', 'second'], until: '2018-03-01' },
        { liaisonIds: [], until: '2018-04-01' },
      ],
    });
    expect(told([terms], leader(), [once])).toEqual([
      ['2018-01-01', '2018-02-01', true, 'TOO_FEW_LIAISONS'],
      ['2018-02-01', '2018-03-01', true, ''],
      ['2018-03-01', '2018-04-01', true, 'TOO_FEW_LIAISONS'],
      ['2018-04-01', null, true, ''],
    ]);
  });

  it('is asked nothing here by a scheme whose targets are no organizations', () => {
    expect(told([{ ...terms, targetKinds: [] }], leader(), [])).toEqual([]);
  });
});

describe('a target', () => {
  it('is a gap with nobody, and with fewer contactors than the scheme asks', () => {
    const contacts = [held('2018-02-01', null), held('2018-03-01', '2018-04-01', { contactorIds: ['other', 'third'] })];
    expect(told([terms], town, contacts)).toEqual([
      ['2018-01-01', '2018-02-01', false, 'NOT_CONTACTED'],
      ['2018-02-01', '2018-03-01', true, 'TOO_FEW_CONTACTORS'],
      ['2018-03-01', '2018-04-01', true, ''],
      ['2018-04-01', null, true, 'TOO_FEW_CONTACTORS'],
    ]);
  });

  it('follows the scheme from version to version', () => {
    const versions = [
      { ...terms, validTo: '2018-07-01' },
      { ...terms, validFrom: '2018-07-01', cardinalities: null },
    ];
    expect(told(versions, town, [held('2018-01-01', null)])).toEqual([
      ['2018-01-01', '2018-07-01', true, 'TOO_FEW_CONTACTORS'],
      ['2018-07-01', null, true, ''],
    ]);
  });
});

it('gives each day at most one spell a side, and neighbours that differ', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10));
  const stretch = fc.tuple(day, day).filter(([a, b]) => a < b);
  const contact = fc
    .tuple(stretch, fc.subarray(['leader', 'other'], { minLength: 1 }), fc.constantFrom('town', 'other'))
    .map(([[from, until], contactorIds, targetId]) => held(from, until, { contactorIds, targetId }));
  fc.assert(
    fc.property(fc.array(contact, { maxLength: 6 }), fc.array(stretch, { maxLength: 3 }), (contacts, times) => {
      const posts = times.map(([from, until]) => ({ organizationId: 'office', from, until }));
      for (const subject of [leader({ posts }), town]) {
        const spells = coverageSpells([terms], subject, contacts);
        for (const [at, spell] of spells.entries()) {
          const next = spells[at + 1];
          expect(spell.validTo === null || spell.validFrom < spell.validTo).toBe(true);
          if (!next) continue;
          expect((spell.validTo as string) <= next.validFrom).toBe(true);
          if (spell.validTo === next.validFrom)
            expect([spell.covered, spell.reasons]).not.toEqual([next.covered, next.reasons]);
        }
      }
    }),
  );
});
