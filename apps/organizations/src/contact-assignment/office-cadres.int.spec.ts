import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { cadre, contactDistrict, leading } from './contact-district.fixture.ts';

const office = withRole('FRONTLINE_OFFICE');
const town = idOf('310110101');
const at = (name: string, organization: string) =>
  cadre(name, 'STAFF', { posts: [{ organizationId: idOf(organization), from: '2010-01-01' }] });

describe('who goes along with a contact is an office cadre', () => {
  let subgraph: SubgraphUnderTest;
  let files: TableFiles;
  beforeAll(async () => {
    subgraph = await subgraphUnderTest(organizations, {
      today: TODAY,
      copies: { cadre: [...leading, at('grassroots', '310110101001'), at('street', '310110019')] },
      lines: contactDistrict,
    });
    files = new TableFiles(subgraph, 'organizations', office);
  });
  afterAll(() => subgraph.stop());

  let keys = 0;
  const input = (values: object) => ({ input: { idempotencyKey: `office-${(keys += 1)}`, ...values } });
  const terms = (liaison: string, values: object = {}) => ({
    scheme: 'monthly',
    contactorIds: [idOf('leader')],
    targetId: town,
    liaisonIds: [idOf(liaison)],
    from: '2018-08-01',
    reason: '示例',
    ...values,
  });
  const line = (liaison: string) => ({
    type: 'contactAssignment',
    id: idOf('line'),
    contactorKind: 'CADRE',
    ...terms(liaison, { contactorIds: [idOf('other')] }),
  });
  const ASSIGN = 'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id } }';
  const CHANGE = 'mutation ($input: ChangeLiaisonsInput!) { changeLiaisons(input: $input) { liaisons { id } } }';

  it('of a subdistrict, say, and of no residential area: when it is fixed and when others are named', async () => {
    expect(await subgraph.refusal(office, ASSIGN, input(terms('grassroots')))).toMatchObject({
      code: 'assignment.liaisonOffice',
      field: 'input.liaisonIds.0',
    });
    const { assignContact } = await subgraph.answer(office, ASSIGN, input(terms('street')));
    const assignmentId = assignContact.id;
    const others = { assignmentId, liaisonIds: ['helper', 'grassroots'].map(idOf) };
    expect(await subgraph.refusal(office, CHANGE, input(others))).toMatchObject({
      code: 'assignment.liaisonOffice',
      field: 'input.liaisonIds.1',
    });
  });

  it('in a table', async () => {
    const table = (liaison: string) =>
      `联系制度,联系主体,联系对象,起始日,终止日,联络员,缘由\r\nmonthly,leader,310110019,2018-08-01,,${liaison},示例\r\n`;
    const refused = await files.bring('assignments', table('grassroots'));
    expect(refused['issues'].nodes).toMatchObject([{ row: 2, column: 'liaisons', code: 'assignment.liaisonOffice' }]);
    expect((await files.bring('assignments', table('street')))['progress']).toMatchObject({ created: 1, refused: 0 });
  });

  it('on the days of which a file speaks: today, or its last day where it is over, not when it began', async () => {
    const since = (name: string, from: string, until?: string) =>
      cadre(name, 'STAFF', { posts: [{ organizationId: idOf('310110'), from, ...(until && { until }) }] });
    await subgraph.copy('cadre', [since('recruited', '2018-03-01'), since('gone', '2017-01-01', '2018-08-01')]);
    const table = (from: string, until: string, liaison: string) =>
      `联系制度,联系主体,联系对象,起始日,终止日,联络员,缘由\r\nmonthly,leader,310110016,${from},${until},${liaison},示例\r\n`;
    const over = await files.bring('assignments', table('2016-01-01', '2018-01-01', 'gone'));
    expect(over['progress']).toMatchObject({ created: 1, refused: 0 });
    const refused = await files.bring('assignments', table('2018-01-02', '', 'gone'));
    expect(refused['issues'].nodes).toMatchObject([{ code: 'assignment.liaisonOffice' }]);
    const now = await files.bring('assignments', table('2018-01-02', '', 'recruited'));
    expect(now['progress']).toMatchObject({ created: 1, refused: 0 });
    const names = { id: idOf('recruited since'), targetId: idOf('310110019'), from: '2017-01-01' };
    await subgraph.import([{ ...line('recruited'), ...names }]);
  });

  it('in lines of JSON; what is there already is not asked again, nor who is not known yet', async () => {
    await expect(subgraph.import([line('grassroots')])).rejects.toMatchObject({ code: 'assignment.liaisonOffice' });
    await expect(subgraph.import([line('elsewhere')])).rejects.toMatchObject({ code: 'assignment.liaison' });
    await subgraph.import([line('street'), { ...line('somebody'), id: idOf('unknown'), targetId: idOf('310110016') }]);
    await subgraph.copy('cadre', [at('street', '310110101001')]);
    await subgraph.import([{ ...line('street'), reason: '更正' }]);
  });
});
