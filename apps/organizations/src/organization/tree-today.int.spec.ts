import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, idOf, TODAY, withRole } from './five-corners.fixture.ts';

const admin = withRole('ADMIN');
const [district, town, street, yinhang] = ['310110', '310110101', '310110019', '310110016'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const THAT_DAY = '2019-03-01';
let keys = 0;

let subgraph: SubgraphUnderTest;
beforeEach(async () => void (subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners })));
afterEach(() => subgraph.stop());

async function change(name: string, input: string, values: object) {
  const data = await subgraph.answer(admin, `mutation ($input: ${input}!) { ${name}(input: $input) { id } }`, {
    input: { idempotencyKey: `tree-today-${(keys += 1)}`, ...values },
  });
  return data[name].id as string;
}

/** Moves the clock and lets the daily work run, as the development control does. */
async function comes(day: string) {
  subgraph.moveTo(new Date(`${day}T00:05:00+08:00`));
  await subgraph.dailyWork();
}

const merge = (on: string) =>
  change('mergeOrganizations', 'MergeOrganizationsInput', { organizationIds: [town], successorId: yinhang, on });

const succeeded = async () =>
  (await subgraph.told('organization.succeeded')).map(({ aggregate_id: id, payload }) => ({ id, ...payload }));

/** Since the events so far. */
async function newlyTold(since: number) {
  const rows = await subgraph.rows(
    `select id::int, aggregate_id, type, payload -> 'record' ->> 'status' as status, payload -> 'record' -> 'path' as path
     from outbox where id > $1 and aggregate_type = 'organization' order by id`,
    [since],
  );
  return rows;
}
const latest = async () => (await subgraph.rows('select coalesce(max(id), 0)::int as id from outbox'))[0]?.['id'];

describe('a change of the tree that was decided for a later day', () => {
  it('is told when its day comes: who has taken over, and every place that is another', async () => {
    await merge(THAT_DAY);
    await comes('2019-02-28');
    expect(await succeeded()).toEqual([]);
    const since = await latest();

    await comes(THAT_DAY);
    const areas = ['310110101001', '310110101002', '310110101003'].map(idOf);
    expect(await succeeded()).toEqual([
      expect.objectContaining({
        id: town,
        on: THAT_DAY,
        heirId: yinhang,
        parts: [{ successorId: yinhang, residentialAreaIds: expect.arrayContaining(areas) }],
        record: expect.objectContaining({ status: 'MERGED', until: THAT_DAY }),
      }),
    ]);
    const places = (await newlyTold(since)).filter(({ type }) => type === 'organization.pathChanged');
    expect(places.map(({ aggregate_id: id, status, path }) => [id, status, path])).toEqual(
      expect.arrayContaining([
        [town, 'MERGED', [district, town]],
        ...[...areas, idOf('CENTRE-101')].map((id) => [id, 'ACTIVE', [district, yinhang, id]]),
      ]),
    );
    expect(places).toHaveLength(5);
  });

  it('is told once: by two that run at once, again on the same day, and on every day after', async () => {
    await merge(THAT_DAY);
    subgraph.moveTo(new Date(`${THAT_DAY}T00:05:00+08:00`));
    await Promise.all([subgraph.dailyWork(), subgraph.dailyWork()]);
    const since = await latest();
    expect(await succeeded()).toHaveLength(1);
    await comes(THAT_DAY);
    await comes('2019-03-02');
    expect(await newlyTold(since)).toEqual([]);
  });

  it('is told after an outage over its day, with the day from which it holds', async () => {
    await merge(THAT_DAY);
    await comes('2019-05-20');
    expect(await succeeded()).toEqual([expect.objectContaining({ id: town, on: THAT_DAY })]);
  });

  it('says of a street that goes on only who took what', async () => {
    await change('splitOrganization', 'SplitOrganizationInput', {
      organizationId: street,
      on: THAT_DAY,
      parts: [{ successorId: yinhang, residentialAreaIds: [idOf('310110019002')] }],
      continues: true,
    });
    await comes(THAT_DAY);
    const [told] = await succeeded();
    expect(told).toMatchObject({
      id: street,
      parts: [{ successorId: yinhang, residentialAreaIds: [idOf('310110019002')] }],
      record: { status: 'ACTIVE' },
    });
    expect(told).not.toHaveProperty('heirId');
  });
});

describe('a change of the tree for today', () => {
  it('is told with it, and not again by the daily work', async () => {
    await merge(TODAY);
    expect(await succeeded()).toHaveLength(1);
    const since = await latest();
    await comes(TODAY);
    expect(await newlyTold(since)).toEqual([]);
  });
});

describe('an import', () => {
  const line = (code: string) => fiveCorners.find((each) => each.code === code) as object;

  it('that changes only a parent tells the new place of that organization and of all below it', async () => {
    await comes(TODAY);
    const since = await latest();
    // the street itself is as it was; only its place is another: under a district that is brought in with it
    await subgraph.import([
      { ...line('310110'), id: idOf('310115'), code: '310115' },
      { ...line('310110016'), parents: [{ tree: 'TERRITORY', parentId: idOf('310115'), from: '2000-01-01' }] },
    ]);
    const told = (await newlyTold(since)).map(({ aggregate_id: id, type, path }) => [id, type, path]);
    const other = idOf('310115');
    expect(told).toEqual([
      [other, 'organization.imported', [other]],
      [yinhang, 'organization.pathChanged', [other, yinhang]],
      ...['310110016001', '310110016002']
        .map(idOf)
        .sort()
        .map((id) => [id, 'organization.pathChanged', [other, yinhang, id]]),
    ]);
    const again = await latest();
    await comes('2018-08-18');
    expect(await newlyTold(again)).toEqual([]);
  });

  it('that brings a succession tells it once its day has come', async () => {
    await subgraph.import([
      {
        ...line('310110101'),
        until: THAT_DAY,
        status: 'MERGED',
        successors: [{ organizationId: yinhang, on: THAT_DAY, residentialAreaIds: [] }],
      },
    ]);
    expect(await succeeded()).toEqual([]);
    await comes(THAT_DAY);
    expect(await succeeded()).toEqual([expect.objectContaining({ id: town, heirId: yinhang })]);
  });
});
