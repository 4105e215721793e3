import 'reflect-metadata';
import { schemaProblems } from '@frontline/platform';
import { organizations } from './subgraph.ts';

describe('the organizations subgraph', () => {
  it('is committed as it is: schema, descriptions, access rules, migrations', async () => {
    expect(await schemaProblems(organizations)).toEqual([]);
  });
});
