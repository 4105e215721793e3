import 'reflect-metadata';
import { schemaProblems } from '@frontline/platform';
import { cases } from './subgraph.ts';

describe('the cases subgraph', () => {
  it('is committed as it is: schema, descriptions, access rules, migrations', async () => {
    expect(await schemaProblems(cases)).toEqual([]);
  });
});
