import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';

/** The day on which these subdistricts stand. */
export const TODAY = '2018-08-17';

/** Ids that are the same in every run. */
export const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');

/** Somebody with a role, at a place or in the whole district, perhaps with a cadre's file. */
export const somebody = (role: Role, { place, cadre }: { place?: string; cadre?: string } = {}): Actor => ({
  kind: 'person',
  sub: `test:${role} ${place ?? ''} ${cadre ?? ''}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(cadre && { cadreId: idOf(cadre) }),
});

export const frontlineOffice = somebody('FRONTLINE_OFFICE');
export const north = somebody('SUBDISTRICT', { place: 'north' });

const organization = (name: string, code: string, kind: string, parent?: string) => ({
  type: 'organization',
  id: idOf(name),
  code,
  kind,
  names: [{ zh: `示例${code}`, en: `Example ${code}`, from: '2000-01-01' }],
  parents: parent ? [{ tree: 'TERRITORY', parentId: idOf(parent), from: '2000-01-01' }] : [],
  from: '2000-01-01',
  status: 'ACTIVE',
});

const rule = (code: string, recurrence: string) => ({
  code,
  activity: 'RECEPTION',
  recurrence,
  windowDays: 1,
  dayOffRule: 'KEEP',
});

/** The scheme that says when people are received: by default the 15th, and the second Saturdays of May and November. */
export const receptionScheme = (
  reception = 'FREQ=MONTHLY;BYMONTHDAY=15',
  concentrated = 'FREQ=YEARLY;BYMONTH=5,11;BYDAY=2SA',
) => ({
  type: 'contactScheme',
  id: idOf('scheme'),
  code: 'representatives-public',
  nameZh: '“两代表一委员”联系群众',
  nameEn: 'Delegates, deputies and members receive the public',
  versions: [
    {
      version: 1,
      validFrom: '2018-01-01',
      contactor: { kind: 'ORGANIZATION', organizationKinds: ['SERVICE_CENTRE'] },
      target: { kinds: ['SUBDISTRICT', 'TOWN'] },
      duties: [rule('reception', reception), rule('concentrated', concentrated)],
      source: 'SEED',
    },
  ],
});

const receptionOf = (kind: string, date: string) => ({
  type: 'receptionDay',
  id: v5(`reception/${kind}/${date}/1`, idOf('north')),
  kind,
  occurrence: date,
  date,
  subdistrictId: idOf('north'),
});

/** Receptions that a register knows of. */
export const broughtIn = [
  {
    ...receptionOf('CONCENTRATED', '2018-05-12'),
    venueId: idOf('north 2'),
    receivers: [{ representativeId: idOf('delegate 5') }],
  },
  {
    ...receptionOf('MONTHLY', '2018-08-15'),
    venueId: idOf('centre of north'),
    receivers: [
      { representativeId: idOf('delegate 1'), cadreId: idOf('cadre 1') },
      { representativeId: idOf('delegate 3') },
    ],
  },
];

const lines = [
  organization('district', '310110', 'DISTRICT'),
  organization('north', '310110016', 'SUBDISTRICT', 'district'),
  organization('south', '310110019', 'TOWN', 'district'),
  ...['north', 'south'].flatMap((street) => [
    organization(`centre of ${street}`, `${street}-SC`, 'SERVICE_CENTRE', street),
    ...[1, 2, 3, 4].map((nth) =>
      organization(
        `${street} ${nth}`,
        `${street === 'north' ? '310110016' : '310110019'}00${nth}`,
        'RESIDENTIAL_AREA',
        street,
      ),
    ),
  ]),
  receptionScheme(),
  {
    type: 'contactAssignment',
    id: idOf('centre contacts north'),
    scheme: 'representatives-public',
    contactorKind: 'ORGANIZATION',
    contactorIds: [idOf('centre of north')],
    targetId: idOf('north'),
    liaisonIds: [],
    from: '2018-01-01',
    reason: '示例',
  },
  {
    type: 'duty',
    id: idOf('duty of August'),
    assignmentId: idOf('centre contacts north'),
    scheme: 'representatives-public',
    schemeVersion: 1,
    dutyCode: 'reception',
    windowStart: '2018-08-15',
    windowEnd: '2018-08-15',
  },
  {
    type: 'duty',
    id: idOf('duty of May'),
    assignmentId: idOf('centre contacts north'),
    scheme: 'representatives-public',
    schemeVersion: 1,
    dutyCode: 'concentrated',
    windowStart: '2018-05-12',
    windowEnd: '2018-05-12',
  },
  ...broughtIn,
];

/** Eight delegates: the first and the second are cadres, the second also of the city, the last one's term ends in October. */
export const delegates = [1, 2, 3, 4, 5, 6, 7, 8].map((nth) => ({
  id: idOf(`delegate ${nth}`),
  kind: 'PARTY_DELEGATE',
  level: 'DISTRICT',
  constituencyId: idOf(nth % 2 === 1 ? 'north' : 'south'),
  from: '2016-11-15',
  until: nth === 8 ? '2018-10-01' : '2021-11-15',
  ...(nth <= 2 && { cadreId: idOf(`cadre ${nth}`) }),
}));

const others = [
  {
    id: idOf('of the city too'),
    kind: 'PARTY_DELEGATE',
    level: 'MUNICIPAL',
    from: '2017-05-10',
    cadreId: idOf('cadre 2'),
  },
  { id: idOf('deputy'), kind: 'CONGRESS_DEPUTY', level: 'DISTRICT', from: '2016-11-15' },
];

/** A cadre's file as our copy has it. */
export const file = (name: string, more: object = {}) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  ranks: [],
  posts: [{ organizationId: idOf('district'), from: '2010-01-01' }],
  partyMember: [],
  liaisonIds: [],
  ...more,
});

const cadres = [
  file('cadre 1', { absences: [{ id: idOf('absence'), from: '2018-09-10', until: '2018-10-16' }] }),
  file('cadre 2'),
];

/** Two subdistricts with service centres and communities, the scheme that asks for receptions, and who can receive. */
export const twoSubdistricts = (): Promise<SubgraphUnderTest> =>
  subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: cadres, publicRepresentative: [...delegates, ...others] },
    lines,
  });

/** A day comes, with the work that the service does by itself on each. */
export async function dayComes({ url, tokens }: SubgraphUnderTest, day: string): Promise<void> {
  const response = await fetch(`${url}/internal/clock`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokens.sign('organizations', { kind: 'system', service: 'gateway' })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ offsetMs: Math.round(Date.parse(`${day}T12:00:00+08:00`) - Date.now()) }),
  });
  if (!response.ok) throw new Error(`the day did not come: ${response.status} ${await response.text()}`);
}

/** A reception as the specs read it. */
export interface Planned {
  id: string;
  date: string;
  kind: string;
  state: string;
  venue: { code: string };
  subdistrict: { code: string };
  receivers: { id: string; nth: number; representative: { id: string } | null; cadre: { id: string } | null }[];
}

/** The mutation that the specs plan with. */
export const PLAN = `mutation ($input: PlanReceptionsInput!) { planReceptions(input: $input) {
  year added changed cancelled seats vacant fewest most withoutVenue { code } } }`;

/** A filter for the receptions that lie ahead. */
export const ahead = '{ from: "2018-08-18" }';

let keys = 0;
/** Values of an input under a key of their own. */
export const input = (values: object) => ({ input: { idempotencyKey: `reception-${(keys += 1)}`, ...values } });

/** Plans the year as the Frontline Office. */
export const plan = async (subgraph: SubgraphUnderTest, values: object = {}) =>
  (await subgraph.answer(frontlineOffice, PLAN, { input: { year: 2018, ...values } }))['planReceptions'];

/** Receptions by filter, with who receives. */
export const receptions = async (subgraph: SubgraphUnderTest, filter = '{}'): Promise<Planned[]> =>
  (
    await subgraph.answer(
      frontlineOffice,
      `{ receptionDays(first: 100, filter: ${filter}) { nodes { id date kind state venue { code } subdistrict { code }
        receivers { id nth representative { id } cadre { id } } } } }`,
    )
  )['receptionDays'].nodes;

/** Person and day of every seat that somebody has. */
export const sittings = (list: readonly Planned[]) =>
  list.flatMap(({ date, receivers }) =>
    receivers.flatMap(({ representative, cadre }) =>
      representative ? [{ date, who: cadre?.id ?? representative.id }] : [],
    ),
  );
