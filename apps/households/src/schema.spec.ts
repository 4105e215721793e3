import 'reflect-metadata';
import { schemaProblems } from '@frontline/platform';
import { households } from './subgraph.ts';

describe('the households subgraph', () => {
  it('is committed as it is: schema, descriptions, access rules, migrations', async () => {
    expect(await schemaProblems(households)).toEqual([]);
  });
});
