import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { cadre } from '../contact-assignment/contact-district.fixture.ts';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { recountOfDay } from '../scheme-coverage/recount.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const [town, street, area] = ['310110101', '310110019', '310110016001'].map(idOf) as [string, string, string];
const at = (organizationId: string, more: object = {}) => ({
  posts: [{ organizationId, from: '2010-01-01', ...more }],
});
const DAY = '2018-09-01';

const scheme = (code: string, contactor: object) => ({
  type: 'contactScheme',
  id: idOf(code),
  code,
  nameZh: '示例',
  nameEn: 'Example',
  versions: [
    {
      version: 1,
      validFrom: '2010-01-01',
      contactor: { ...contactor, organizationIds: [town] },
      target: { kinds: ['RESIDENTIAL_AREA'] },
      duties: [],
      source: 'ASSUMED',
    },
  ],
});
const assignment = (code: string, contactorKind: string, contactor: string) => ({
  type: 'contactAssignment',
  id: idOf(`${code} held`),
  scheme: code,
  contactorKind,
  contactorIds: [contactor],
  targetId: area,
  from: '2018-01-01',
  reason: '示例',
});

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: [cadre('of the town', 'DIVISION', at(town)), cadre('of the street', 'DIVISION', at(street))] },
    lines: [
      ...fiveCorners,
      scheme('by-cadres', { kind: 'CADRE' }),
      scheme('by-units', { kind: 'ORGANIZATION' }),
      assignment('by-cadres', 'CADRE', idOf('of the town')),
      assignment('by-units', 'ORGANIZATION', town),
    ],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `rule-heirs-${(keys += 1)}`, ...values } });
const merge = (on = DAY) =>
  subgraph.answer(
    withRole('ADMIN'),
    'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
    input({ organizationIds: [town], successorId: street, on }),
  );
const ASSIGN = 'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id } }';
const assigning = (contactor: string, from: string) =>
  input({
    scheme: 'by-cadres',
    contactorIds: [idOf(contactor)],
    targetId: idOf('310110016002'),
    liaisonIds: [],
    from,
    reason: '示例',
  });

async function eligible(code: string, day: string): Promise<string[]> {
  const { contactScheme } = await subgraph.answer(
    office,
    `query ($code: String!, $on: Date!) { contactScheme(code: $code) { coverage(asOf: $on) { contactors { eligible covered } } } }`,
    { code, on: day },
  );
  const counted = (await subgraph.rows(recountOfDay, [code, day, null])).filter(({ side }) => side === 'CONTACTOR');
  const { contactors } = contactScheme.coverage;
  expect(contactors).toEqual({ eligible: counted.length, covered: counted.filter(({ covered }) => covered).length });
  return counted.map(({ id }) => id).sort();
}

const named = async (on?: string) => {
  const { contactScheme } = await subgraph.answer(
    office,
    `query ($on: Date) { contactScheme(code: "by-cadres") { versions { number until contactor { organizations(on: $on) { code } } } } }`,
    { on },
  );
  return contactScheme.versions;
};

describe('a rule that names a particular organization', () => {
  it('names whoever takes it over from that day on, and before it the old one', async () => {
    await merge();
    const version = (code: string) => [{ number: 1, until: null, contactor: { organizations: [{ code }] } }];
    expect(await named('2018-08-31')).toEqual(version('310110101'));
    expect(await named(DAY)).toEqual(version('310110019'));
    expect(await named()).toEqual(version('310110101'));
    subgraph.moveTo(new Date(`${DAY}T09:00:00+08:00`));
    expect(await named()).toEqual(version('310110019'));
  });

  it('lets people of the heir contact from that day on, and nobody lose a contact by it', async () => {
    expect(await subgraph.refusal(office, ASSIGN, assigning('of the street', DAY))).toMatchObject({
      code: 'assignment.contactor',
    });
    await merge();
    expect(await subgraph.refusal(office, ASSIGN, assigning('of the street', '2018-08-31'))).toMatchObject({
      code: 'assignment.contactor',
    });
    expect(await subgraph.refusal(office, ASSIGN, assigning('of the street', DAY))).toEqual({});
    const posts = [
      { organizationId: town, from: '2010-01-01', until: DAY },
      { organizationId: street, from: DAY, succeeds: town },
    ];
    const follow = consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number];
    await subgraph.consume(follow, {
      id: idOf('posted'),
      type: 'cadre.posted',
      aggregateId: idOf('of the town'),
      sequence: 2,
      occurredAt: new Date('2018-09-01T04:00:00Z'),
      data: { on: DAY, record: cadre('of the town', 'DIVISION', { posts }) },
    });
    expect(
      await subgraph.rows(`select valid_to from contact_assignment where id = $1`, [idOf('by-cadres held')]),
    ).toEqual([{ valid_to: null }]);
  });

  it('is followed by coverage, as it equals a recount, whoever is eligible', async () => {
    expect(await eligible('by-units', '2018-12-01')).toEqual([town]);
    await merge();
    expect(await eligible('by-units', '2018-08-31')).toEqual([town]);
    expect(await eligible('by-units', DAY)).toEqual([street]);
    expect(await eligible('by-cadres', '2018-08-31')).toEqual([idOf('of the town')]);
    expect(await eligible('by-cadres', DAY)).toEqual([idOf('of the street')]);
  });

  it('is followed where a register tells of the succession, also in the past', async () => {
    expect(await eligible('by-units', '2018-04-01')).toEqual([town]);
    const line = fiveCorners.find(({ id }) => id === town) as object;
    await subgraph.import([
      { ...line, until: '2018-03-01', status: 'MERGED', successors: [{ organizationId: street, on: '2018-03-01' }] },
    ]);
    expect(await eligible('by-units', '2018-02-28')).toEqual([town]);
    expect(await eligible('by-units', '2018-04-01')).toEqual([street]);
    expect(await subgraph.told('contactScheme.followed')).toHaveLength(2);
  });

  it('holds for contacts that a table brings', async () => {
    await merge();
    const tables = new TableFiles(subgraph, 'organizations', office);
    const row = (day: string) => `by-cadres,of the street,310110016002,${day},示例`;
    const file = (...rows: string[]) => `${['联系制度,联系主体,联系对象,起始日,缘由', ...rows].join('\r\n')}\r\n`;
    const early = await tables.bring('assignments', file(row('2018-08-31')));
    expect(early['issues'].nodes).toMatchObject([{ row: 2, code: 'assignment.contactor' }]);
    expect(await tables.bring('assignments', file(row(DAY)))).toMatchObject({ progress: { created: 1, refused: 0 } });
  });

  it('is told whole once the day has come, with the heir by its days, and once', async () => {
    await merge();
    expect(await subgraph.told('contactScheme.followed')).toEqual([]);
    subgraph.moveTo(new Date(`${DAY}T09:00:00+08:00`));
    for (let times = 0; times < 2; times += 1) await subgraph.dailyWork();
    const told = await subgraph.told('contactScheme.followed');
    expect(told.map(({ aggregate_id: id }) => id).sort()).toEqual([idOf('by-cadres'), idOf('by-units')].sort());
    expect(told.find(({ aggregate_id: id }) => id === idOf('by-cadres'))?.['payload']).toEqual({
      code: 'by-cadres',
      on: DAY,
      record: {
        id: idOf('by-cadres'),
        code: 'by-cadres',
        versions: [
          {
            number: 1,
            contactor: { kind: 'CADRE', organizationIds: [town] },
            targetKinds: ['RESIDENTIAL_AREA'],
            from: '2010-01-01',
            until: DAY,
          },
          {
            number: 1,
            contactor: { kind: 'CADRE', organizationIds: [street] },
            targetKinds: ['RESIDENTIAL_AREA'],
            from: DAY,
          },
        ],
      },
    });
  });
});
