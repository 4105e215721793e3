import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { organizationSucceeded } from '@frontline/events';
import { TableFiles } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import {
  cadre,
  idOf,
  keeper,
  key,
  organizations,
  smallDistrict,
  somebody,
  type SmallDistrict,
} from '../small-district.fixture.ts';

const [follower] = consumers;
const CHANGE = '2018-08-17';
const northern = { role: 'SUBDISTRICT', place: idOf('north') };
const account = (name: string, grants: object[]) => ({
  type: 'account',
  id: idOf(`account of ${name}`),
  sub: name,
  label: 'demo',
  grants,
});

describe('an organization that is taken over', () => {
  let district: SmallDistrict;
  beforeEach(async () => void (district = await smallDistrict()));
  afterEach(() => district.stop());

  /** The tree says that an organization has ended; with a heir, that the heir goes on for it. */
  const ends = (name: string, until: string) =>
    district.copy(
      'organization',
      organizations.map((each) => (each.id === idOf(name) ? { ...each, status: 'MERGED', until } : each)),
    );
  const hear = (name: string, heir: string | undefined, on: string, sequence = 1) =>
    district.consume(follower!, {
      id: randomUUID(),
      type: organizationSucceeded.type,
      aggregateId: idOf(name),
      sequence,
      occurredAt: new Date(`${on}T01:00:00+08:00`),
      data: {
        on,
        parts: [],
        ...(heir && { heirId: idOf(heir) }),
        record: {
          id: idOf(name),
          code: name,
          kind: 'SUBDISTRICT',
          path: [idOf(name)],
          status: 'MERGED',
          from: '1990-01-01',
        },
      },
    });
  const postsOf = async (staffNumber: string) =>
    (
      await district.answer(
        keeper,
        `{ cadre(staffNumber: "${staffNumber}") { postHistory { organization { id } title from until } } }`,
      )
    )['cadre'].postHistory.map(({ organization, ...post }: { organization: { id: string } }) => ({
      at: ['north', 'south', 'department', 'closed', 'north-1'].find((name) => idOf(name) === organization.id),
      ...post,
    }));
  const staff = async (name: string, on: string) =>
    (
      await district.answer(
        keeper,
        `{ cadres(filter: { organizationId: "${idOf(name)}", on: "${on}" }) { nodes { staffNumber } } }`,
      )
    )['cadres'].nodes.map(({ staffNumber }: { staffNumber: string }) => staffNumber);
  const grantsOf = async (sub: string) => {
    const response = await fetch(`${district.url}/internal/identity`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await district.tokens.sign('personnel', { kind: 'system', service: 'gateway' })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ sub }),
    });
    return ((await response.json()) as { grants: object[] }).grants;
  };
  const posted = async () =>
    (await district.told('cadre.posted')).map(({ aggregate_id: id, payload: { organizationId, on } }) => ({
      id,
      organizationId,
      on,
    }));

  const moved = [
    { at: 'south', title: '职务', from: CHANGE, until: null },
    { at: 'north', title: '职务', from: '2000-07-01', until: CHANGE },
  ];

  it('hands its people’s posts to the heir on that day, once; the day before answers as it was', async () => {
    for (let times = 1; times < 4; times += 1) await hear('north', 'south', CHANGE, times);
    expect(await postsOf('P-alone')).toEqual(moved);
    expect(await staff('north', '2018-08-16')).toEqual(['P-alone', 'P-third']);
    expect(await staff('north', CHANGE)).toEqual([]);
    expect(await staff('south', CHANGE)).toEqual(['P-alone', 'P-former', 'P-third']);
    // whoever works below it stays there
    expect(await staff('north-1', CHANGE)).toEqual(['P-section']);
    const told = await district.told('cadre.posted');
    expect(told.map(({ aggregate_id: id }) => id).sort()).toEqual([idOf('alone'), idOf('third')].sort());
    expect(told[0]?.payload).toMatchObject({
      organizationId: idOf('south'),
      on: CHANGE,
      record: {
        posts: [
          { organizationId: idOf('north'), from: '2000-07-01', until: CHANGE },
          { organizationId: idOf('south'), from: CHANGE, succeeds: idOf('north') },
        ],
      },
    });
  });

  it('that gives parts away and goes on keeps its people', async () => {
    await hear('north', undefined, CHANGE);
    expect(await staff('north', CHANGE)).toEqual(['P-alone', 'P-third']);
    expect(await posted()).toEqual([]);
  });

  it('comes to the same when its heir’s own end is told first', async () => {
    district.moveTo(new Date('2018-10-02T09:00:00+08:00'));
    await hear('south', 'department', '2018-10-01');
    await hear('north', 'south', CHANGE);
    expect(await postsOf('P-alone')).toEqual([
      { at: 'department', title: '职务', from: '2018-10-01', until: null },
      { at: 'south', title: '职务', from: CHANGE, until: '2018-10-01' },
      moved[1],
    ]);
    expect(await postsOf('P-former')).toMatchObject([{ at: 'department' }, { at: 'south', until: '2018-10-01' }]);
  });

  it('takes with it who is imported, registered or transferred there afterwards, for days gone by', async () => {
    await hear('north', 'south', CHANGE);
    await ends('north', CHANGE);
    await district.import([cadre('late', 'STAFF', 'north')]);
    expect(await postsOf('P-late')).toEqual(moved);
    const registered = await district.answer(
      keeper,
      'mutation ($input: RegisterCadreInput!) { registerCadre(input: $input) { posts { organization { id } from } } }',
      {
        input: {
          idempotencyKey: key(),
          staffNumber: 'P-new',
          name: '周某',
          sex: 'MALE',
          bornOn: '1990-01-01',
          recruitedOn: '2018-07-01',
          rank: 'STAFF',
          organizationId: idOf('north'),
          title: '科员',
        },
      },
    );
    expect(registered['registerCadre'].posts).toEqual([{ organization: { id: idOf('south') }, from: CHANGE }]);
    await district.answer(keeper, 'mutation ($input: TransferCadreInput!) { transferCadre(input: $input) { id } }', {
      input: {
        idempotencyKey: key(),
        cadreId: idOf('second'),
        organizationId: idOf('north'),
        title: '科员',
        on: '2018-07-01',
      },
    });
    expect(await postsOf('P-second')).toMatchObject([
      { at: 'south', from: CHANGE },
      { at: 'north', from: '2018-07-01', until: CHANGE },
      { at: 'department', until: '2018-07-01' },
    ]);
    expect(await district.told('cadre.registered')).toHaveLength(1);
  });

  it('shows each post once when the register tells of the new one by itself, or changes the old one', async () => {
    await hear('north', 'south', CHANGE);
    const held = { organizationId: idOf('north'), title: '职务', from: '2000-07-01' };
    // the register changes something of the old post and knows of no merger yet
    await district.import([cadre('alone', 'DIVISION', 'north', { posts: [{ ...held, until: '2018-12-01' }] })]);
    expect(await postsOf('P-alone')).toEqual([{ ...moved[0], until: '2018-12-01' }, moved[1]]);
    const own = { organizationId: idOf('south'), title: '副主任', from: CHANGE };
    const line = cadre('alone', 'DIVISION', 'north', { posts: [{ ...held, until: CHANGE }, own] });
    for (let times = 0; times < 2; times += 1) await district.import([line]);
    expect(await postsOf('P-alone')).toEqual([{ ...moved[0], title: '副主任' }, moved[1]]);
    const [last] = (await district.told('cadre.imported')).slice(-1);
    expect(last?.payload.record.posts[1]).toEqual({
      organizationId: idOf('south'),
      from: CHANGE,
      succeeds: idOf('north'),
    });
  });

  it('follows in a table file too: history that names the old one stays, and an export comes in unchanged', async () => {
    await hear('north', 'south', CHANGE);
    await ends('north', CHANGE);
    const register = new TableFiles(district, 'personnel', keeper);
    const again = await register.bring('cadres', await register.take('cadres'));
    expect(again['progress']).toMatchObject({ refused: 0, updated: 0, created: 0 });
    const csv = [
      '工号,生效日,姓名,性别,出生日期,入职日期,在职状态,状态原因,职级,任职,政治面貌',
      'N1,2010-07-01,钱一,女,1985-01-31,2010-07-01,,,科级,north/科长,中共党员',
    ];
    expect((await register.bring('cadres', `${csv.join('\r\n')}\r\n`))['progress']).toMatchObject({ created: 1 });
    expect(await postsOf('N1')).toEqual([
      { at: 'south', title: '科长', from: CHANGE, until: null },
      { at: 'north', title: '科长', from: '2010-07-01', until: CHANGE },
    ]);
  });

  it('is caught up with at the turn of the day when a post slipped in meanwhile', async () => {
    await district.rows(
      `insert into organization_heir (organization_id, heir_id, since) values ('${idOf('north')}', '${idOf('south')}', '${CHANGE}')`,
    );
    for (let times = 0; times < 2; times += 1) await district.dailyWork();
    expect(await postsOf('P-alone')).toEqual(moved);
    expect(await posted()).toHaveLength(2);
  });

  it('hands the grants of its accounts to the heir: nobody loses access, and nobody keeps what ended', async () => {
    const other = { role: 'SUBDISTRICT', place: idOf('south') };
    await district.import([account('clerk', [northern, { role: 'CADRE' }]), account('both', [northern, other])]);
    await ends('north', CHANGE);
    // between the end and the news of the heir the place gives nothing
    expect(await grantsOf('clerk')).toEqual([{ role: 'CADRE' }]);
    for (let times = 1; times < 3; times += 1) await hear('north', 'south', CHANGE, times);
    expect(await grantsOf('clerk')).toEqual([other, { role: 'CADRE' }]);
    expect(await grantsOf('both')).toEqual([other]);
    // the same line again changes nothing; a new one that still names the old place holds at the heir
    await district.import([account('clerk', [northern, { role: 'CADRE' }]), account('late', [northern])]);
    expect(await grantsOf('clerk')).toEqual([other, { role: 'CADRE' }]);
    expect(await grantsOf('late')).toEqual([other]);
  });

  it('that nobody goes on for leaves its people’s posts as a gap, and gives no access', async () => {
    await district.import([account('clerk', [northern])]);
    const gaps = async (on: string) => {
      const { postGaps } = await district.answer(
        keeper,
        `{ postGaps(on: "${on}") { totalCount nodes { staffNumber } } }`,
      );
      expect(postGaps.totalCount).toBe(postGaps.nodes.length);
      return postGaps.nodes.map(({ staffNumber }: { staffNumber: string }) => staffNumber);
    };
    expect(await grantsOf('clerk')).toEqual([northern]);
    await ends('north', CHANGE);
    expect(await gaps('2018-08-16')).toEqual([]);
    expect(await gaps(CHANGE)).toEqual(['P-alone', 'P-third']);
    expect(await grantsOf('clerk')).toEqual([]);
    await district.answer(keeper, 'mutation ($input: TransferCadreInput!) { transferCadre(input: $input) { id } }', {
      input: {
        idempotencyKey: key(),
        cadreId: idOf('third'),
        organizationId: idOf('south'),
        title: '科员',
        on: CHANGE,
      },
    });
    await district.answer(keeper, 'mutation ($input: LeaveServiceInput!) { recordDeparture(input: $input) { id } }', {
      input: { idempotencyKey: key(), cadreId: idOf('alone'), on: '2018-08-20', reason: 'RESIGNATION' },
    });
    expect(await gaps('2018-08-19')).toEqual(['P-alone']);
    expect(await gaps('2018-08-20')).toEqual([]);
    expect(await district.refusal(somebody('PARTNER'), '{ postGaps { totalCount } }')).toMatchObject({
      code: 'access.denied',
    });
  });
});
