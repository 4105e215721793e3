import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { contactDistrict, leading } from './contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office: Actor = withRole('FRONTLINE_OFFICE');
const assignment = {
  type: 'contactAssignment',
  id: idOf('an assignment'),
  scheme: 'monthly',
  contactorKind: 'CADRE',
  contactorIds: [idOf('leader'), idOf('other')],
  targetId: idOf('310110101'),
  liaisonIds: [idOf('helper')],
  from: '2017-01-01',
  reason: '示例',
};
const header = '联系制度,联系主体,联系对象,起始日,终止日,联络员,缘由';
const row = (liaisons: string, reason = '示例', until = '') =>
  `${header}\r\nmonthly,leader; other,310110101,2017-01-01,${until},${liaisons},${reason}\r\n`;

describe('assignments that are brought in again', () => {
  let subgraph: SubgraphUnderTest;
  let files: TableFiles;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(organizations, {
      today: TODAY,
      lines: [...contactDistrict, assignment],
      copies: { cadre: leading },
    });
    files = new TableFiles(subgraph, 'organizations', office);
  });
  afterEach(() => subgraph.stop());

  /** Who goes along on the day before today, and today. */
  const along = async () => {
    const { contactAssignments } = await subgraph.answer(
      office,
      `{ contactAssignments(filter: { on: "2018-01-01" }) { nodes { before: liaisons(on: "2018-08-16") { id } since: liaisons(on: "${TODAY}") { id } } } }`,
    );
    const [{ before, since }] = contactAssignments.nodes as [Record<'before' | 'since', { id: string }[]>];
    return [before, since].map((liaisons) => liaisons.map(({ id }) => id));
  };
  const [helper, second, third] = ['helper', 'second', 'third'].map(idOf) as [string, string, string];

  it('keep who went along until then, by a table, and give them back when it is undone', async () => {
    const batch = await files.bring('assignments', row('second'));
    expect(batch['progress']).toMatchObject({ updated: 1, refused: 0 });
    expect(await along()).toEqual([[helper], [second]]);
    // another change on the same day, and one of something else, keep what is kept
    await files.bring('assignments', row('third', '改'));
    const last = await files.bring('assignments', row('third', '又改'));
    expect(await along()).toEqual([[helper], [third]]);
    await files.move('undo', last['id']);
    expect(await along()).toEqual([[helper], [third]]);
  });

  it('give back who went along when that is undone', async () => {
    const batch = await files.bring('assignments', row('second'));
    await files.move('undo', batch['id']);
    expect(await along()).toEqual([[helper], [helper]]);
    expect(await subgraph.rows('select former_liaisons as f from contact_assignment')).toEqual([{ f: [] }]);
  });

  it('mend the record of one that is over', async () => {
    await files.bring('assignments', row('helper', '示例', '2018-08-01'));
    await files.bring('assignments', row('second', '示例', '2018-08-01'));
    expect(await subgraph.rows('select former_liaisons as f, liaison_ids as l from contact_assignment')).toEqual([
      { f: [], l: [second] },
    ]);
  });

  it('keep who went along until then, by lines of JSON, and nothing twice', async () => {
    const changed = { ...assignment, liaisonIds: [second] };
    await subgraph.import([changed]);
    await subgraph.import([changed]);
    expect(await along()).toEqual([[helper], [second]]);
    expect(await subgraph.rows('select jsonb_array_length(former_liaisons) as n from contact_assignment')).toEqual([
      { n: 1 },
    ]);
  });

  it('are known again though nobody here knows the numbers and codes of those in them', async () => {
    const gone = [idOf('leader'), helper];
    await subgraph.rows('delete from local_copy where id = any($1)', [gone]);
    const target = idOf('nowhere');
    await subgraph.rows('update contact_assignment set target_id = $1, place_id = $1', [target]);
    const file = await files.take('assignments');
    expect(file.toString()).toContain(`monthly,"${gone[0]}; other",${target},2017-01-01,,${helper},示例`);
    expect((await files.bring('assignments', file))['progress']).toMatchObject({ unchanged: 1, refused: 0 });
    const again = await files.bring('assignments', file.toString().replace('示例', '改'));
    expect(again['progress']).toMatchObject({ updated: 1, refused: 0 });
    // whoever is not in it yet must be known
    const wrong = await files.bring('assignments', file.toString().replace(helper, idOf('nobody')));
    expect(wrong['issues'].nodes).toMatchObject([{ row: 2, column: 'liaisons', code: 'assignment.unknownCode' }]);
  });

  it('may name by id whom a number names too, once in a file', async () => {
    const byId = row('helper').replace('leader; other,310110101', `${idOf('leader')}; other,${idOf('310110101')}`);
    expect((await files.bring('assignments', byId))['progress']).toMatchObject({ unchanged: 1 });
    const twice = await files.bring('assignments', `${row('helper')}${byId.split('\r\n')[1]}\r\n`);
    expect(twice['issues'].nodes).toMatchObject([{ row: 3, code: 'assignment.rowTwice' }]);
  });
});
