import 'reflect-metadata';
import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { cases } from '../subgraph.ts';

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const somebody = (role: Role, cadre?: string, place?: string): Actor => ({
  kind: 'person',
  sub: `test:${role}:${cadre ?? ''}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(cadre && { cadreId: idOf(cadre) }),
});
const centre = somebody('DISPATCH_CENTRE');
const caller = somebody('DISPATCH_CENTRE', 'caller');
const handler = somebody('DISPATCH_CENTRE', 'handler');

/** A case answered on Friday 10 August 2018; the last of its moves decides its state. */
const aCase = (name: string, at: number, more: object = {}) => ({
  type: 'case',
  id: idOf(name),
  number: `2018-${String(at).padStart(6, '0')}`,
  title: name,
  categoryCode: 'roads',
  kind: 'HELP_REQUEST',
  channel: 'VISIT',
  demandId: idOf(`demand of ${name}`),
  source: { kind: 'ACTIVITY', id: idOf('activity') },
  areaId: idOf('area'),
  householdId: idOf(`household of ${name}`),
  leadOrganizationId: idOf('water'),
  holderCadreId: idOf('handler'),
  state: 'ANSWERED',
  registeredAt: '2018-08-07T01:00:00Z',
  promiseDueAt: '2018-08-14T10:00:00Z',
  moves: [
    { state: 'HANDLING', at: '2018-08-08T01:00:00Z', byCadreId: idOf('handler') },
    { state: 'ANSWERED', at: '2018-08-10T08:00:00Z', byCadreId: idOf('handler') },
  ],
  ...more,
});

const RECORD = `mutation ($input: RecordCallbackInput!) { recordCallback(input: $input) {
  state closedAt closingCode hopDueAt promiseDueAt moves { state }
  callbacks { heldOn channel reached solved contacted treatedWell outcome note by { id } } } }`;

describe('a callback', () => {
  let subgraph: SubgraphUnderTest;
  let keys = 0;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(cases, {
      today: '2018-08-17',
      lines: [
        { type: 'caseCategory', id: idOf('roads'), code: 'roads', nameZh: '道路', nameEn: 'Roads' },
        aCase('lamp', 1),
        aCase('handled', 2, { state: 'HANDLING', moves: [{ state: 'HANDLING', at: '2018-08-08T01:00:00Z' }] }),
        aCase('closed', 3, { state: 'CLOSED', closedAt: '2018-08-13T01:00:00Z', closingCode: 'SOLVED' }),
        ...[1, 2, 3, 4].map((nth) => aCase(`of one house ${nth}`, 10 + nth, { householdId: idOf('one house') })),
      ],
    });
  });
  afterEach(() => subgraph.stop());

  const input = (change: object = {}, name = 'lamp') => ({
    input: { idempotencyKey: `callback-${(keys += 1)}`, caseId: idOf(name), channel: 'PHONE', ...change },
  });
  const solved = { reached: true, solved: 'SOLVED', contacted: true, treatedWell: true, closingCode: 'SOLVED' };
  const record = async (change: object, { name = 'lamp', who = caller } = {}) =>
    (await subgraph.answer(who, RECORD, input(change, name)))['recordCallback'];
  const told = async (type: string) => (await subgraph.told(type)).map(({ payload }) => payload);

  it('that finds it solved concludes the case, with what each side says of it', async () => {
    const found = await record({ ...solved, solved: 'PARTLY', note: '已修好，但灯光偏暗', on: '2018-08-16' });
    expect(found).toMatchObject({
      state: 'CLOSED',
      closedAt: expect.any(String),
      closingCode: 'SOLVED',
      hopDueAt: null,
      moves: [{ state: 'HANDLING' }, { state: 'ANSWERED' }, { state: 'CALLBACK' }, { state: 'CLOSED' }],
      callbacks: [
        {
          heldOn: '2018-08-16',
          channel: 'PHONE',
          reached: true,
          solved: 'PARTLY',
          contacted: true,
          treatedWell: true,
          outcome: 'CONCLUDED',
          note: '已修好，但灯光偏暗',
          by: { id: idOf('caller') },
        },
      ],
    });
    const [calledBack] = await told('case.calledBack');
    expect(calledBack).toMatchObject({
      callbackId: expect.any(String),
      on: '2018-08-16',
      reached: true,
      solved: 'PARTLY',
      record: { id: idOf('lamp'), demandId: idOf('demand of lamp'), state: 'CALLBACK' },
    });
    expect(await told('case.closed')).toMatchObject([{ closingCode: 'SOLVED', record: { state: 'CLOSED' } }]);
    const sequences = (
      await subgraph.rows(
        'select type, sequence from outbox where aggregate_id = $1 and sequence > 1 order by sequence',
        [idOf('lamp')],
      )
    ).map(({ type, sequence }) => [type, Number(sequence)]);
    expect(sequences).toEqual([
      ['case.calledBack', 2],
      ['case.closed', 3],
    ]);
    const [kept] = await subgraph.rows('select note from callback');
    expect(JSON.stringify([kept, calledBack])).not.toMatch(/[一-龥]/);
  });

  it('that finds it unsolved reopens the case for three working days, under the same promise', async () => {
    const found = await record({ reached: true, solved: 'NOT_SOLVED', contacted: false });
    expect(found).toMatchObject({
      state: 'REWORK',
      closedAt: null,
      hopDueAt: '2018-08-22T10:00:00.000Z',
      promiseDueAt: '2018-08-14T10:00:00.000Z',
      callbacks: [{ solved: 'NOT_SOLVED', contacted: false, treatedWell: null, outcome: 'REWORK' }],
    });
    expect(await told('case.reopened')).toMatchObject([
      { dueAt: '2018-08-22T10:00:00.000Z', record: { state: 'REWORK' } },
    ]);
    expect(await told('case.closed')).toEqual([]);
    // it is not answered any more
    expect(await subgraph.refusal(caller, RECORD, input(solved))).toMatchObject({ code: 'case.illegalMove' });
  });

  it('in vain is tried again, and concludes the case as unreachable on the third day', async () => {
    const inVain = async (on: string) => record({ reached: false, on });
    expect(await inVain('2018-08-13')).toMatchObject({ state: 'CALLBACK', callbacks: [{ outcome: 'TO_BE_REPEATED' }] });
    expect((await inVain('2018-08-13')).state).toBe('CALLBACK');
    expect((await inVain('2018-08-14')).state).toBe('CALLBACK');
    const found = await inVain('2018-08-16');
    expect(found).toMatchObject({ state: 'CLOSED', closingCode: 'UNREACHABLE' });
    expect(found.callbacks.map(({ outcome }: { outcome: string }) => outcome).at(-1)).toBe('UNREACHABLE');
    expect(found.moves.map(({ state }: { state: string }) => state)).toEqual([
      'HANDLING',
      'ANSWERED',
      'CALLBACK',
      'CLOSED',
    ]);
  });

  it('about a closed case is kept on record, and moves nothing', async () => {
    const found = await record({ reached: true, solved: 'NOT_SOLVED' }, { name: 'closed' });
    expect(found).toMatchObject({ state: 'CLOSED', closingCode: 'SOLVED', callbacks: [{ outcome: 'ON_RECORD' }] });
    expect(await told('case.calledBack')).toMatchObject([{ solved: 'NOT_SOLVED', record: { state: 'CLOSED' } }]);
    expect(await told('case.reopened')).toEqual([]);
  });

  it('sent again with its key changes nothing', async () => {
    const once = input(solved);
    const first = await subgraph.answer(caller, RECORD, once);
    expect(await subgraph.answer(caller, RECORD, once)).toEqual(first);
    expect(await subgraph.rows('select 1 from callback')).toHaveLength(1);
    expect(await told('case.calledBack')).toHaveLength(1);
  });

  it('leaves a household in peace after three days within thirty, over all its cases', async () => {
    const of = (nth: number) => ({ name: `of one house ${nth}` });
    await record({ ...solved, on: '2018-08-13' }, of(1));
    // two cases in one call are one contact
    await record({ ...solved, on: '2018-08-13' }, of(2));
    await record({ reached: true, solved: 'PARTLY', closingCode: 'PARTLY_SOLVED', on: '2018-08-14' }, of(3));
    await record({ reached: true, solved: 'SOLVED', on: '2018-08-15' }, of(3));
    expect(await subgraph.refusal(caller, RECORD, input(solved, 'of one house 4'))).toMatchObject({
      code: 'callback.contactBudget',
      field: 'input.on',
      details: expect.objectContaining({ from: '2018-09-12' }),
    });
    // nobody answered the door: that is no contact
    expect((await record({ reached: false }, of(4))).state).toBe('CALLBACK');
    subgraph.moveTo(new Date('2018-09-12T09:00:00+08:00'));
    expect((await record(solved, of(4))).state).toBe('CLOSED');
  });

  it.each<[string, Actor, object, string, string]>([
    ['to whoever handled it', handler, solved, 'callback.byHandler', 'input.caseId'],
    ['before the case was answered', caller, { ...solved, on: '2018-08-09' }, 'callback.on', 'input.on'],
    ['ahead of its time', caller, { ...solved, on: '2018-08-18' }, 'callback.on', 'input.on'],
    ['without an answer', caller, { reached: true, closingCode: 'SOLVED' }, 'callback.answers', 'input.solved'],
    ['with answers of nobody', caller, { reached: false, contacted: true }, 'callback.answers', 'input.solved'],
    ['to say how it ended', caller, { reached: true, solved: 'SOLVED' }, 'callback.closingCode', 'input.closingCode'],
    [
      'to say that what is not solved has ended',
      caller,
      { reached: true, solved: 'NOT_SOLVED', closingCode: 'SOLVED' },
      'callback.closingCode',
      'input.closingCode',
    ],
    ['with empty words', caller, { ...solved, note: ' ' }, 'callback.note', 'input.note'],
    [
      'for another version',
      caller,
      { ...solved, expectedVersion: 9 },
      'aggregate.versionConflict',
      'input.expectedVersion',
    ],
  ])('is refused %s, and nothing changes', async (_what, who, change, code, field) => {
    expect(await subgraph.refusal(who, RECORD, input(change))).toMatchObject({ code, field });
    expect(await subgraph.rows('select 1 from callback')).toEqual([]);
    expect(await subgraph.rows(`select state from case_file where id = $1`, [idOf('lamp')])).toEqual([
      { state: 'ANSWERED' },
    ]);
    expect(await told('case.calledBack')).toEqual([]);
  });

  it('is refused for a case that nobody has answered', async () => {
    expect(await subgraph.refusal(caller, RECORD, input(solved, 'handled'))).toMatchObject({
      code: 'case.illegalMove',
      field: 'input.caseId',
    });
  });

  it.each(['FRONTLINE_OFFICE', 'DEPARTMENT', 'LEADER', 'PARTNER', 'ADMIN'] as const)(
    'is not recorded by %s',
    async (role) => {
      expect(await subgraph.refusal(somebody(role, undefined, 'water'), RECORD, input(solved))).toMatchObject({
        code: 'access.denied',
      });
    },
  );

  it('is seen with its case, and its words by those who work on it', async () => {
    await record({ ...solved, note: '满意' }, { who: centre });
    const [kept] = await subgraph.rows('select id from callback');
    const id = kept?.['id'] as string;
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Callback { outcome note case { number } } } }`;
    const seen = async (who: Actor) =>
      (await subgraph.answer(who, query, { r: [{ __typename: 'Callback', id }] }))['_entities'][0];
    const found = { outcome: 'CONCLUDED', case: { number: '2018-000001' } };
    expect(await seen(somebody('DEPARTMENT', undefined, 'water'))).toEqual({ ...found, note: '满意' });
    expect(await seen(somebody('DEPARTMENT', undefined, 'housing'))).toBeNull();
    expect(await seen(somebody('CADRE', 'stranger'))).toBeNull();
    const withoutWords = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Callback { outcome } } }`;
    const office = await subgraph.ask(somebody('FRONTLINE_OFFICE'), query, { r: [{ __typename: 'Callback', id }] });
    expect(JSON.stringify(office.data ?? null)).not.toContain('满意');
    expect(
      (await subgraph.answer(somebody('FRONTLINE_OFFICE'), withoutWords, { r: [{ __typename: 'Callback', id }] }))[
        '_entities'
      ],
    ).toEqual([{ outcome: 'CONCLUDED' }]);
  });

  it('costs as many statements for many cases as for one', async () => {
    for (const name of ['lamp', 'closed']) await record(name === 'lamp' ? solved : { reached: false }, { name });
    const statements = async (first: number) =>
      (
        await subgraph.ask(
          centre,
          `{ cases(first: ${first}) { nodes { callbacks { outcome case { number } by { id } } } } }`,
        )
      ).statements.length;
    expect(await statements(100)).toBe(await statements(7));
  });
});
