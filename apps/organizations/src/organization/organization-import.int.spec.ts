import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, TODAY } from './five-corners.fixture.ts';

describe('an organization that is imported again', () => {
  let subgraph: SubgraphUnderTest;
  beforeAll(async () => void (subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners })));
  afterAll(() => subgraph.stop());

  const line = fiveCorners.find((each) => 'parents' in each && (each.parents as object[]).length > 0) as unknown as {
    id: string;
    names: object[];
  };
  const above = () =>
    subgraph.rows('select ancestor_id from organization_path where descendant_id = $1 and depth > 0 order by 1', [
      line.id,
    ]);

  it('loses the names and parents that its source no longer lists, and its paths follow', async () => {
    const before = await above();
    expect(before.length).toBeGreaterThan(0);
    await subgraph.import([
      { ...line, names: [{ zh: '旧名', en: 'Old', from: '1980-01-01', until: '1981-01-01' }, ...line.names] },
    ]);
    await subgraph.import([{ ...line, parents: [] }]);
    expect(await above()).toEqual([]);
    const names = await subgraph.rows('select zh from organization_name where organization_id = $1', [line.id]);
    expect(names).toHaveLength(line.names.length);
    await subgraph.import([line]);
    expect(await above()).toEqual(before);
  });
});
