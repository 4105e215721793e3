import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLEnumType,
  parse,
  specifiedRules,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { sampleQueries } from './sample-queries.ts';

const schema = buildSchema(readFileSync(new URL('../../gateway/schema.graphql', import.meta.url), 'utf8'));
const operationOf = (query: string) => parse(query).definitions[0] as OperationDefinitionNode;

describe('sample queries', () => {
  it.each(sampleQueries.map(({ forWhom, query }) => [forWhom, query]))('%s: fits the graph', (_, query) => {
    expect(validate(schema, parse(query), specifiedRules)).toEqual([]);
  });

  it('have names of their own, which become the titles of their tabs', () => {
    const names = sampleQueries.map(({ query }) => operationOf(query).name?.value);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(undefined);
  });

  it('are for roles that exist', () => {
    const role = schema.getType('Role') as GraphQLEnumType;
    for (const sample of sampleQueries) if (sample.role) expect(role.getValue(sample.role)).toBeDefined();
  });

  it('say in both languages for whom they are and what they show', () => {
    for (const { forWhom, shows } of sampleQueries)
      for (const text of [forWhom, shows]) expect(text).toMatch(/[\u4e00-\u9fff].* · .*[A-Za-z]/);
  });
});
