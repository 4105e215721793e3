import 'reflect-metadata';
import { schemaProblems } from '@frontline/platform';
import { personnel } from './subgraph.ts';

describe('the personnel subgraph', () => {
  it('is committed as it is: schema, descriptions, access rules, migrations', async () => {
    expect(await schemaProblems(personnel)).toEqual([]);
  });
});
