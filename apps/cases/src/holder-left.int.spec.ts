import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { v5 } from 'uuid';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { cases } from './subgraph.ts';

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const [follower] = cases.copyFollowers ?? [];

const cadre = (name: string, more: object = {}) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  ranks: [],
  posts: [{ organizationId: idOf('water'), from: '2010-01-01' }],
  partyMember: [],
  liaisonIds: [],
  ...more,
});
const leaves = (name: string, on: string) =>
  cadre(name, {
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', until: on },
      { status: 'DEPARTED', from: on },
    ],
  });

const aCase = (name: string, at: number, holder: string, more: object = {}) => ({
  type: 'case',
  id: idOf(name),
  number: `2018-${String(at).padStart(6, '0')}`,
  title: name,
  categoryCode: 'roads',
  kind: 'HELP_REQUEST',
  channel: 'VISIT',
  areaId: idOf('area'),
  leadOrganizationId: idOf('water'),
  holderCadreId: idOf(holder),
  state: 'HANDLING',
  registeredAt: '2018-08-13T01:00:00Z',
  promiseDueAt: '2018-08-20T10:00:00Z',
  moves: [{ state: 'HANDLING', at: '2018-08-14T01:00:00Z', organizationId: idOf('water'), byCadreId: idOf(holder) }],
  ...more,
});

describe('open cases of a cadre who leaves', () => {
  let subgraph: SubgraphUnderTest;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(cases, {
      today: '2018-08-17',
      copies: { cadre: [cadre('leaver'), cadre('stays')] },
      lines: [
        { type: 'caseCategory', id: idOf('roads'), code: 'roads', nameZh: '道路', nameEn: 'Roads' },
        aCase('open', 1, 'leaver'),
        aCase('concluded', 2, 'leaver', { state: 'CLOSED', closedAt: '2018-08-15T01:00:00Z' }),
        aCase('of another', 3, 'stays'),
      ],
    });
  });
  afterEach(() => subgraph.stop());

  /** The copies of personnel's records change, as its events say. */
  const copied = async (records: object[]) => {
    await subgraph.copy('cadre', records as { id: string }[]);
    await subgraph.consume(
      { name: 'copies', events: [], handle: (ctx) => follower!.changed(ctx, records as never) },
      {
        id: randomUUID(),
        type: 'cadre.departed',
        aggregateId: idOf('leaver'),
        sequence: 2,
        occurredAt: new Date('2018-08-17T01:00:00Z'),
        data: {},
      },
    );
  };
  const holders = async () =>
    Object.fromEntries(
      (await subgraph.rows('select title, holder_cadre_id as holder from case_file')).map(({ title, holder }) => [
        title,
        holder,
      ]),
    );
  const told = async () => (await subgraph.told('case.holderLeft')).map(({ payload }) => payload);

  it('go back to the queue of their organization, once, under the same promise; what is concluded keeps its history', async () => {
    for (let times = 0; times < 2; times += 1) await copied([leaves('leaver', '2018-08-17'), cadre('stays')]);
    expect(await holders()).toEqual({ open: null, concluded: idOf('leaver'), 'of another': idOf('stays') });
    expect(await told()).toMatchObject([
      {
        cadreId: idOf('leaver'),
        on: '2018-08-17',
        record: { id: idOf('open'), state: 'HANDLING', leadOrganizationId: idOf('water') },
      },
    ]);
    expect((await told())[0].record).not.toHaveProperty('holderCadreId');
    const [kept] = await subgraph.rows(
      'select promise_due_at as due, lead_organization_id as lead from case_file where id = $1',
      [idOf('open')],
    );
    expect(kept).toEqual({ due: new Date('2018-08-20T10:00:00Z'), lead: idOf('water') });
    const moves = await subgraph.rows('select state, by_cadre_id as by from case_move where case_id = $1 order by at', [
      idOf('open'),
    ]);
    expect(moves).toEqual([
      { state: 'HANDLING', by: idOf('leaver') },
      { state: 'HANDLING', by: null },
    ]);
  });

  it('stay with them until a day that lies ahead, and go back on it', async () => {
    await copied([leaves('leaver', '2018-08-20')]);
    await subgraph.dailyWork();
    expect((await holders())['open']).toBe(idOf('leaver'));
    subgraph.moveTo(new Date('2018-08-20T00:30:00+08:00'));
    for (let times = 0; times < 2; times += 1) await subgraph.dailyWork();
    expect((await holders())['open']).toBeNull();
    expect(await told()).toMatchObject([{ on: '2018-08-20' }]);
  });

  it('go back as well when they are given a post elsewhere', async () => {
    const posts = [
      { organizationId: idOf('water'), from: '2010-01-01', until: '2018-08-17' },
      { organizationId: idOf('housing'), from: '2018-08-17' },
    ];
    await copied([cadre('leaver', { posts })]);
    expect(await holders()).toMatchObject({ open: null, 'of another': idOf('stays') });
  });

  describe('and whose departure is taken back', () => {
    const back = () => copied([cadre('leaver', { statuses: [{ status: 'ACTIVE', from: '2010-01-01' }] })]);
    const cameBack = async () => (await subgraph.told('case.holderCameBack')).map(({ payload }) => payload);

    it('are theirs again, once, under the same promise', async () => {
      await copied([leaves('leaver', '2018-08-17')]);
      for (let times = 0; times < 2; times += 1) await back();
      expect(await holders()).toEqual({
        open: idOf('leaver'),
        concluded: idOf('leaver'),
        'of another': idOf('stays'),
      });
      expect(await cameBack()).toMatchObject([
        {
          cadreId: idOf('leaver'),
          on: '2018-08-17',
          record: { id: idOf('open'), holderCadreId: idOf('leaver'), leadOrganizationId: idOf('water') },
        },
      ]);
      const moves = await subgraph.rows('select state from case_move where case_id = $1', [idOf('open')]);
      expect(moves).toHaveLength(3);
      const [kept] = await subgraph.rows('select promise_due_at as due from case_file where id = $1', [idOf('open')]);
      expect(kept).toEqual({ due: new Date('2018-08-20T10:00:00Z') });
    });

    it('go again when they leave after all, on the right day', async () => {
      await copied([leaves('leaver', '2018-08-17')]);
      await copied([leaves('leaver', '2018-08-20')]);
      expect((await holders())['open']).toBe(idOf('leaver'));
      subgraph.moveTo(new Date('2018-08-20T00:30:00+08:00'));
      await subgraph.dailyWork();
      expect((await holders())['open']).toBeNull();
      expect(await told()).toHaveLength(2);
      await back();
      expect((await holders())['open']).toBe(idOf('leaver'));
    });

    it('stay with whoever took them, and concluded where they are', async () => {
      const all = [aCase('taken', 4, 'leaver'), aCase('answered', 5, 'leaver')];
      await subgraph.import(all);
      await copied([leaves('leaver', '2018-08-17')]);
      await subgraph.import([
        aCase('taken', 4, 'stays'),
        aCase('answered', 5, 'leaver', { holderCadreId: undefined, state: 'CLOSED', closedAt: '2018-08-17T02:00:00Z' }),
      ]);
      await back();
      expect(await holders()).toMatchObject({ open: idOf('leaver'), taken: idOf('stays'), answered: null });
      expect(await cameBack()).toHaveLength(1);
    });

    it('stay in the queue where the organization leads them no more at which they had their post', async () => {
      await copied([leaves('leaver', '2018-08-17')]);
      await copied([
        cadre('leaver', { posts: [{ organizationId: idOf('water'), from: '2010-01-01', until: '2018-08-01' }] }),
      ]);
      expect((await holders())['open']).toBeNull();
    });

    it('is no return of somebody who had moved, and moves again', async () => {
      const elsewhere = [
        { organizationId: idOf('water'), from: '2010-01-01', until: '2018-08-17' },
        { organizationId: idOf('housing'), from: '2018-08-17' },
      ];
      await copied([cadre('leaver', { posts: elsewhere })]);
      await copied([cadre('leaver')]);
      expect((await holders())['open']).toBeNull();
      expect(await cameBack()).toEqual([]);
    });
  });
});
