import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { idOf, TODAY } from './cadre/personnel-file.fixture.ts';
import { personnel } from './subgraph.ts';

export { idOf, TODAY };

const organization = (name: string, kind: string, ...above: string[]) => ({
  id: idOf(name),
  code: name,
  kind,
  path: [...above, name].map(idOf),
  status: 'ACTIVE',
  from: '1990-01-01',
});

/** Copies of organizations: a district with a department, two subdistricts, and a residential area in the first. */
export const organizations = [
  organization('district', 'DISTRICT'),
  organization('department', 'DEPARTMENT', 'district'),
  organization('north', 'SUBDISTRICT', 'district'),
  organization('north-1', 'RESIDENTIAL_AREA', 'district', 'north'),
  organization('south', 'SUBDISTRICT', 'district'),
  { ...organization('closed', 'SUBDISTRICT', 'district'), until: '2015-01-01', status: 'MERGED' },
];

const assignment = (cadre: string, more: object = {}) => ({
  id: idOf(`assignment of ${cadre}`),
  scheme: 'division-residential-area',
  contactorKind: 'CADRE',
  contactorIds: [idOf(cadre)],
  targetId: idOf('north-1'),
  liaisonIds: [],
  from: '2016-01-01',
  ...more,
});

/** Copies of contact schemes: one that asks for liaisons, one that does not. */
const scheme = (code: string, more: object = {}) => ({
  id: idOf(code),
  code,
  versions: [
    { number: 1, contactor: { kind: 'CADRE' }, targetKinds: ['RESIDENTIAL_AREA'], from: '2010-01-01', ...more },
  ],
});
const schemes = [scheme('division-residential-area', { liaisons: { min: 1, max: 2 } }), scheme('leaders-patch')];

/**
 * Copies of contact assignments: one cadre under the scheme with a liaison, one without, one whose time is over and who
 * holds a patch since.
 */
const assignments = [
  assignment('leader'),
  assignment('alone'),
  assignment('former', { until: '2017-01-01' }),
  assignment('former', { id: idOf('patch of former'), scheme: 'leaders-patch', from: '2017-01-01' }),
  assignment('section', {}),
];

/** A cadre as a register gives them; recruited in 2000 unless something else is said. */
export const cadre = (name: string, rank: string, organizationName: string, more: object = {}) => ({
  type: 'cadre',
  id: idOf(name),
  staffNumber: `P-${name}`,
  name: `赵${name}`,
  sex: 'FEMALE',
  bornOn: '1975-05-05',
  recruitedOn: '2000-07-01',
  status: 'ACTIVE',
  statusSince: '2000-07-01',
  ranks: [{ rank, from: '2000-07-01' }],
  posts: [{ organizationId: idOf(organizationName), title: '职务', from: '2000-07-01' }],
  partyMembership: [{ kind: 'PARTY', from: '2000-07-01' }],
  ...more,
});

/** What the register of the small district holds. */
export const lines: readonly object[] = [
  cadre('leader', 'DIVISION', 'department'),
  cadre('alone', 'DIVISION', 'north'),
  cadre('former', 'DIVISION', 'south'),
  cadre('section', 'SECTION', 'north-1'),
  cadre('liaison', 'STAFF', 'department'),
  cadre('second', 'STAFF', 'department'),
  cadre('third', 'STAFF', 'north'),
  cadre('young', 'STAFF', 'department', {
    bornOn: '1992-03-03',
    recruitedOn: '2016-07-01',
    statusSince: '2016-07-01',
    ranks: [{ rank: 'STAFF', from: '2016-07-01' }],
    posts: [{ organizationId: idOf('department'), title: '科员', from: '2016-07-01' }],
    partyMembership: [],
  }),
  cadre('retired', 'DIVISION', 'south', {
    status: 'RETIRED',
    statusSince: '2016-01-01',
    ranks: [
      { rank: 'SECTION', from: '2000-07-01', until: '2010-01-01' },
      { rank: 'DIVISION', from: '2010-01-01', until: '2016-01-01' },
    ],
    posts: [{ organizationId: idOf('south'), title: '主任', from: '2000-07-01', until: '2016-01-01' }],
  }),
  {
    type: 'experience',
    id: idOf('experience'),
    cadreId: idOf('alone'),
    organizationId: idOf('north'),
    kind: 'POSTING',
    from: '2006-01-01',
    until: '2008-01-01',
  },
  {
    type: 'liaison',
    id: idOf('liaison line'),
    cadreId: idOf('leader'),
    liaisonId: idOf('liaison'),
    from: '2016-01-01',
  },
  {
    type: 'publicRepresentative',
    id: idOf('delegate'),
    name: '钱代表',
    kind: 'PARTY_DELEGATE',
    level: 'DISTRICT',
    termFrom: '2016-11-15',
    termUntil: '2021-11-15',
    constituencyId: idOf('north'),
  },
  {
    type: 'account',
    id: idOf('account'),
    sub: 'somebody',
    label: 'demo',
    cadreId: idOf('section'),
    grants: [{ role: 'CADRE' }],
  },
];

/** Somebody with one role, in the whole district or at one place. */
export const somebody = (role: Role, place?: string, cadreName?: string): Actor => ({
  kind: 'person',
  sub: `test:${role}:${place ?? ''}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(cadreName && { cadreId: idOf(cadreName) }),
});

/** Who keeps the register. */
export const keeper = somebody('ORG_DEPARTMENT');

/** Personnel with the small district in it; stop it in `afterAll`. */
export function smallDistrict(): Promise<SubgraphUnderTest> {
  return subgraphUnderTest(personnel, {
    today: TODAY,
    copies: { organization: organizations, contactAssignment: assignments, contactScheme: schemes },
    lines,
  });
}

export type SmallDistrict = SubgraphUnderTest;

let keys = 0;

/** An idempotency key that nothing else uses. */
export const key = (): string => `test-key-${process.pid}-${(keys += 1)}`;
