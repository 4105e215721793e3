import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { v5 } from 'uuid';
import { organizationSucceeded } from '@frontline/events';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from './consumers.ts';
import { cases } from './subgraph.ts';

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const DAY = '2019-03-01';
const [copyFollower] = cases.copyFollowers ?? [];
const treeFollower = consumers.find(({ name }) => name === 'cases.follow-organizations') as (typeof consumers)[number];

const post = (name: string, from: string, more: object = {}) => ({ organizationId: idOf(name), from, ...more });
const cadre = (name: string, posts: object[]) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  statuses: [{ status: 'ACTIVE', from: '2010-01-01' }],
  ranks: [],
  posts,
  partyMember: [],
  liaisonIds: [],
});
const there = post('street', '2010-01-01');
const gone = post('street', '2010-01-01', { until: DAY });
/** The cadres before that day, and as personnel tells of them on it. */
const before = [
  cadre('stays', [there]),
  cadre('moves', [gone, post('water', DAY)]),
  cadre('guest', [post('water', '2010-01-01')]),
];
const after = [cadre('stays', [gone, post('heir', DAY, { succeeds: idOf('street') })]), ...before.slice(1)];

const aCase = (holder: string, area: string, at: number) => ({
  type: 'case',
  id: idOf(`${holder} ${area}`),
  number: `2019-${String(at).padStart(6, '0')}`,
  title: `${holder} ${area}`,
  categoryCode: 'roads',
  kind: 'HELP_REQUEST',
  channel: 'VISIT',
  areaId: idOf(area),
  leadOrganizationId: idOf('street'),
  holderCadreId: idOf(holder),
  state: 'HANDLING',
  registeredAt: '2019-02-01T01:00:00Z',
  promiseDueAt: '2019-03-20T15:59:59Z',
  moves: [{ state: 'HANDLING', at: '2019-02-02T01:00:00Z', organizationId: idOf('street') }],
});
const held = ['stays', 'moves', 'guest'].flatMap((holder, nth) =>
  ['given away', 'rest'].map((area, at) => aCase(holder, area, nth * 2 + at + 1)),
);

describe('open cases of the cadres of an organization that is taken over', () => {
  let subgraph: SubgraphUnderTest;
  beforeEach(async () => {
    const lines = [
      { type: 'caseCategory', id: idOf('roads'), code: 'roads', nameZh: '道路', nameEn: 'Roads' },
      ...held,
    ];
    subgraph = await subgraphUnderTest(cases, { today: DAY, copies: { cadre: before }, lines });
  });
  afterEach(() => subgraph.stop());

  const event = { id: randomUUID(), sequence: 1, occurredAt: new Date('2019-03-01T01:00:00Z') };
  /** Personnel's posts follow. */
  const postsFollow = async () => {
    await subgraph.copy('cadre', after);
    await subgraph.consume(
      { name: 'copies', events: [], handle: (ctx) => copyFollower!.changed(ctx, after as never) },
      { ...event, type: 'cadre.posted', aggregateId: idOf('stays'), data: {} },
    );
  };
  /** Its cases are passed on: one area to another street, all else to the heir. */
  const casesFollow = () =>
    subgraph.consume(treeFollower, {
      ...event,
      type: organizationSucceeded.type,
      aggregateId: idOf('street'),
      data: {
        on: DAY,
        heirId: idOf('heir'),
        parts: [
          { successorId: idOf('east'), residentialAreaIds: [idOf('given away')] },
          { successorId: idOf('heir'), residentialAreaIds: [idOf('rest')] },
        ],
        record: {
          id: idOf('street'),
          code: '310110101',
          kind: 'TOWN',
          status: 'MERGED',
          from: '2000-01-01',
          until: DAY,
          path: [idOf('street')],
        },
      },
    });
  const dayTurns = () => subgraph.dailyWork();

  it.each([
    ['the posts are heard of first', [postsFollow, casesFollow]],
    ['the cases are passed on first', [casesFollow, postsFollow]],
    ['the day turns before either', [dayTurns, postsFollow, casesFollow]],
    ['the day turns in between', [casesFollow, dayTurns, postsFollow]],
    ['the day turns in between, the other way round', [postsFollow, dayTurns, casesFollow]],
    ['all of it comes twice', [postsFollow, casesFollow, dayTurns, postsFollow, casesFollow]],
  ])('stay with whoever goes on at the heir, and with nobody who moved on that day: %s', async (_, steps) => {
    for (const step of [...steps, dayTurns]) await step();
    const rows = await subgraph.rows(
      'select title, lead_organization_id as lead, holder_cadre_id as holder from case_file order by number',
    );
    const nameOf = (id: string | null) =>
      ['heir', 'east', 'street', 'stays', 'moves', 'guest'].find((name) => idOf(name) === id) ?? id;
    expect(rows.map(({ title, lead, holder }) => [title, nameOf(lead), nameOf(holder)])).toEqual([
      ['stays given away', 'east', 'stays'],
      ['stays rest', 'heir', 'stays'],
      ['moves given away', 'east', null],
      ['moves rest', 'heir', null],
      ['guest given away', 'east', 'guest'],
      ['guest rest', 'heir', 'guest'],
    ]);
    expect((await subgraph.told('case.holderLeft')).map(({ payload }) => payload.cadreId)).toEqual([
      idOf('moves'),
      idOf('moves'),
    ]);
    expect(await subgraph.told('case.passedOn')).toHaveLength(6);
  });
});
