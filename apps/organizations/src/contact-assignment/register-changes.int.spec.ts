import 'reflect-metadata';
import { cadreRecord } from '@frontline/events';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { assignedByOffice, cadre, contactDistrict, leaderAtTown, leading } from './contact-district.fixture.ts';

const office = withRole('FRONTLINE_OFFICE');
const [district, street, area] = ['310110', '310110019', '310110019001'].map(idOf) as [string, string, string];

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: contactDistrict,
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `register-${(keys += 1)}`, ...values } });
const assign = (values: object = {}) => assignedByOffice(subgraph, input(leaderAtTown(values)));
/** The register brings records in: no event says what has changed of them. */
const imported = async (...records: object[]) => {
  await subgraph.copy('cadre', records as { id: string }[]);
  for (const follower of organizations.copyFollowers ?? [])
    if (follower.record === cadreRecord)
      await subgraph.consume(
        { name: 'copies', events: [], handle: (ctx) => follower.changed(ctx, records as never) },
        {
          id: idOf(`imported ${(keys += 1)}`),
          type: 'cadre.imported',
          aggregateId: idOf('register'),
          sequence: keys,
          occurredAt: new Date('2018-08-17T04:00:00Z'),
          data: {},
        },
      );
};
const told = async (type: string) => (await subgraph.told(type)).map(({ payload }) => payload);
const ended = async () => (await told('contactAssignment.ended')).map(({ on, reason }) => [on, reason]);
const owed = async (assignmentId: string, from: string) =>
  (await subgraph.rows('select id from duty where assignment_id = $1 and window_start >= $2', [assignmentId, from]))
    .length;
const liaisonsNow = async (id: string) =>
  (await subgraph.rows('select liaison_ids as ids from contact_assignment where id = $1', [id]))[0]?.['ids'];

const posts = (on: string, then: string) => [
  { organizationId: district, from: '2010-01-01', until: on },
  { organizationId: then, from: on },
];
const ranks = (on: string, was: string, is: string) => [
  { rank: was, from: '2010-01-01', until: on },
  { rank: is, from: on },
];

describe('a register that brings records without saying what has changed', () => {
  it.each([
    ['moved', cadre('leader', 'DIVISION', { posts: posts('2018-08-06', street) }), '2018-08-06'],
    ['will be moved', cadre('leader', 'DIVISION', { posts: posts('2018-10-08', street) }), '2018-10-08'],
    [
      'has another rank',
      cadre('leader', 'DIVISION', { ranks: ranks('2018-08-13', 'DIVISION', 'BUREAU') }),
      '2018-08-13',
    ],
  ])('ends the contacts of whoever %s, once; nothing is owed from that day', async (_what, record, on) => {
    const id = await assign();
    for (let times = 0; times < 2; times += 1) await imported(record, leading[1] as object);
    expect(await ended()).toEqual([[on, 'CONTACTOR_MOVED']]);
    expect(await owed(id, on)).toBe(0);
  });

  it('ends the contacts of whoever is a member no more, where the scheme asks for one', async () => {
    const member = (until?: string) =>
      cadre('leader', 'DIVISION', { partyMember: [{ from: '2015-01-01', ...(until && { until }) }] });
    await subgraph.copy('cadre', [member()]);
    await subgraph.answer(
      office,
      'mutation ($input: CreateContactSchemeInput!) { createContactScheme(input: $input) { id } }',
      input({
        code: 'members',
        nameZh: '示例',
        nameEn: 'Example',
        from: TODAY,
        terms: {
          contactor: { kind: 'CADRE', memberships: ['PARTY'], organizationIds: [district] },
          targetKinds: ['SUBDISTRICT', 'TOWN'],
          duties: [],
          source: 'ASSUMED',
        },
      }),
    );
    await assign({ scheme: 'members', liaisonIds: [], from: TODAY });
    await assign({ targetId: street });
    await imported(member('2018-09-01'));
    expect(await ended()).toEqual([['2018-09-01', 'CONTACTOR_MOVED']]);
  });

  it('leaves what a group holds to the others, and releases a liaison, each once', async () => {
    const id = await assign({
      contactorIds: ['leader', 'other'].map(idOf),
      liaisonIds: ['helper', 'second'].map(idOf),
    });
    const records = [
      cadre('leader', 'DIVISION', { posts: posts(TODAY, street) }),
      cadre('helper', 'STAFF', { posts: posts(TODAY, area) }),
    ];
    for (let times = 0; times < 2; times += 1) await imported(...records);
    expect(await ended()).toEqual([[TODAY, 'CONTACTOR_MOVED']]);
    const rest = await subgraph.rows(
      'select id, contactor_id as contactor, liaison_ids as liaisons from contact_assignment where continues_id = $1',
      [id],
    );
    expect(rest).toMatchObject([{ contactor: idOf('other'), liaisons: [idOf('second')] }]);
    expect(await told('contactAssignment.liaisonsChanged')).toHaveLength(1);
  });

  it('releases a liaison who is promoted or at no office any more', async () => {
    const id = await assign({ liaisonIds: ['helper', 'second'].map(idOf) });
    await imported(cadre('helper', 'STAFF', { ranks: ranks('2018-08-13', 'STAFF', 'DIVISION') }));
    expect(await liaisonsNow(id)).toEqual([idOf('second')]);
    await imported(cadre('second', 'SECTION', { posts: posts('2018-08-13', area) }));
    expect(await liaisonsNow(id)).toEqual([]);
    expect(await ended()).toEqual([]);
  });

  it('ends nothing where the rules go on, where a gap of days gone by is closed, nor what is over', async () => {
    await assign();
    await assign({ targetId: street, from: '2018-03-01', until: '2018-06-01' });
    await imported(
      cadre('leader', 'DIVISION', {
        posts: [
          { organizationId: district, from: '2010-01-01', until: '2018-04-01' },
          { organizationId: street, from: '2018-04-01', until: '2018-05-01' },
          { organizationId: district, from: '2018-05-01' },
        ],
        partyMember: [{ from: '2012-01-01', until: '2018-08-10' }],
      }),
      cadre('helper', 'STAFF', { posts: posts('2018-08-06', street) }),
    );
    expect(await ended()).toEqual([]);
    expect(await told('contactAssignment.liaisonsChanged')).toEqual([]);
  });

  it('lets what would begin later never begin', async () => {
    await assign({ from: '2018-12-01', liaisonIds: [] });
    await imported(cadre('leader', 'DIVISION', { posts: posts('2018-09-03', street) }));
    expect(await ended()).toEqual([['2018-12-01', 'CONTACTOR_MOVED']]);
  });
});
