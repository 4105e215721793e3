import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { cadre, contactDistrict, leading } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const [town, street] = ['310110101', '310110019'].map(idOf) as [string, string];

const line = (name: string, contactor: string, from: string, more: object = {}) => ({
  type: 'contactAssignment',
  id: idOf(name),
  scheme: 'monthly',
  contactorKind: 'CADRE',
  contactorIds: [idOf(contactor)],
  targetId: town,
  from,
  reason: '示例',
  ...more,
});
const visit = {
  type: 'activity',
  id: idOf('visit'),
  kind: 'VISIT',
  heldAt: '2018-07-02T09:00:00+08:00',
  targetId: town,
  assignmentId: idOf('left'),
  contactorIds: [idOf('leader')],
  summary: '示例',
  demands: [],
};

describe('a contact that is brought in where another one was left', () => {
  let subgraph: SubgraphUnderTest;
  let files: TableFiles;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(organizations, {
      today: TODAY,
      copies: { cadre: [...leading, cadre('fourth', 'DIVISION')] },
      lines: [...contactDistrict, line('left', 'leader', '2018-01-01', { until: '2018-08-01' }), visit],
    });
    files = new TableFiles(subgraph, 'organizations', office);
  });
  afterEach(() => subgraph.stop());

  const table = (...rows: string[]) => `${['联系制度,联系主体,联系对象,起始日,终止日,缘由', ...rows].join('\r\n')}\r\n`;
  const seen = async (on: string) =>
    (
      await subgraph.answer(
        office,
        `{ contactAssignments(filter: { on: "${on}" }) { nodes { contactor { id } continues { id from } lastVisits { heldAt } } } }`,
      )
    ).contactAssignments.nodes;
  const goesOn = { continues: { id: idOf('left') }, lastVisits: [{ heldAt: '2018-07-02T01:00:00.000Z' }] };
  const continued = async () =>
    (
      await subgraph.rows(
        'select a.reason as heir, b.reason as before from contact_assignment a join contact_assignment b on b.id = a.continues_id order by a.valid_from',
      )
    ).map(({ heir, before }) => [heir, before]);

  it('by a table goes on for it, and no more once it is taken out', async () => {
    const batch = await files.bring('assignments', table('monthly,other,310110101,2018-08-06,,接续'));
    expect(batch['progress']).toMatchObject({ created: 1 });
    expect(await seen(TODAY)).toMatchObject([goesOn]);
    const again = await files.bring('assignments', table('monthly,other,310110101,2018-08-06,,接续'));
    expect(again['progress']).toMatchObject({ unchanged: 1 });
    await files.move('undo', batch['id']);
    await files.bring('assignments', table('monthly,fourth,310110101,2018-08-06,,另一'));
    expect(await seen(TODAY)).toMatchObject([{ contactor: { id: idOf('fourth') }, ...goesOn }]);
  });

  it('by lines of JSON goes on for it, however often they come', async () => {
    for (let times = 0; times < 2; times += 1) await subgraph.import([line('next', 'other', '2018-08-06')]);
    expect(await seen(TODAY)).toMatchObject([goesOn]);
    expect(await subgraph.told('contactAssignment.imported')).toHaveLength(2);
  });

  it('goes on along a history that comes in one file, in whatever order', async () => {
    await files.bring(
      'assignments',
      table(
        'monthly,fourth,310110019,2018-05-01,,三',
        'monthly,leader,310110019,2016-01-01,2017-01-01,一',
        'monthly,other,310110019,2017-01-01,2018-01-01,二',
      ),
    );
    expect(await continued()).toEqual([
      ['二', '一'],
      ['三', '二'],
    ]);
  });

  it('goes on where the one before comes later, and stands alone again once that one is taken out', async () => {
    await subgraph.import([line('alone', 'fourth', '2018-05-01', { targetId: street, reason: '后' })]);
    const batch = await files.bring('assignments', table('monthly,leader,310110019,2016-01-01,2017-01-01,前'));
    expect(await continued()).toEqual([['后', '前']]);
    await files.move('undo', batch['id']);
    expect(await subgraph.rows('select continues_id from contact_assignment where id = $1', [idOf('alone')])).toEqual([
      { continues_id: null },
    ]);
  });

  it('goes on at whoever took the target over', async () => {
    await subgraph.answer(
      withRole('ADMIN'),
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      {
        input: {
          idempotencyKey: 'brought-in-merge',
          organizationIds: [town],
          successorId: idOf('310110016'),
          on: '2018-08-10',
        },
      },
    );
    await files.bring('assignments', table('monthly,other,310110016,2018-08-13,,接续'));
    expect(await continued()).toEqual([['接续', '示例']]);
  });

  it('goes on for nobody beside one that still holds, or that has an heir', async () => {
    await files.bring('assignments', table('monthly,other,310110101,2018-08-06,,接续'));
    await files.bring('assignments', table('monthly,fourth,310110101,2018-08-13,,同在'));
    expect(await continued()).toEqual([['接续', '示例']]);
  });
});
