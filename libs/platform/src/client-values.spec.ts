import 'reflect-metadata';
import { graphql, type GraphQLSchema } from 'graphql';
import { Arg, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { PUBLIC } from '@frontline/access';
import { Access } from './access-rules.ts';
import type { DomainError } from './errors.ts';
import { buildSubgraph } from './federation.ts';
import { JsonValue } from './scalars.ts';

@InputType({ description: '筛选 · A filter.' })
class SampleFilter {
  @Field(() => String, { nullable: true, description: '文本 · Text.' })
  search?: string | null;

  @Field(() => [ID], { nullable: true, description: '标识 · Ids.' })
  within?: string[] | null;

  @Field(() => JsonValue, { nullable: true, description: '数据 · Data.' })
  data?: unknown;
}

@Resolver()
class SampleResolver {
  @Query(() => String, { nullable: true, description: '对象 · One.' })
  @Access(PUBLIC)
  one(@Arg('id', () => ID, { description: '标识 · Id.' }) id: string): string {
    return id;
  }

  @Query(() => Boolean, { description: '列表 · Some.' })
  @Access(PUBLIC)
  some(
    @Arg('filter', () => SampleFilter, { nullable: true, description: '筛选 · Filter.' }) _?: SampleFilter | null,
  ): boolean {
    return true;
  }
}

describe('values that clients send', () => {
  const id = '0190a5c0-0000-7000-8000-000000000001';
  let schema: GraphQLSchema;
  beforeAll(async () => {
    ({ schema } = await buildSubgraph({ resolvers: [SampleResolver], references: {} }));
  });

  async function ask(source: string, filter?: unknown) {
    const { data, errors } = await graphql({ schema, source, variableValues: { filter } });
    const refusal = errors?.[0]?.originalError as DomainError | undefined;
    return refusal ? [refusal.code, refusal.field] : data;
  }
  const some = 'query ($filter: SampleFilter) { some(filter: $filter) }';

  it('pass when they are ids and texts', async () => {
    expect(await ask(`{ one(id: "${id}") }`)).toEqual({ one: id });
    expect(await ask(some, { search: '杨浦 😀', within: [id], data: { a: [1, null, 'x'] } })).toEqual({ some: true });
    expect(await ask(some, { search: null, within: null })).toEqual({ some: true });
    expect(await ask('{ some }')).toEqual({ some: true });
  });

  it('are refused by name when an id has not the form of one', async () => {
    expect(await ask('{ one(id: "7") }')).toEqual(['input.id', 'id']);
    expect(await ask('{ one(id: 7) }')).toEqual(['input.id', 'id']);
    expect(await ask(some, { within: [id, 'x'] })).toEqual(['input.id', 'filter.within[1]']);
  });

  it.each([
    ['a NUL character', { search: 'a\0b' }, 'filter.search'],
    ['half a character', { search: '\ud83d' }, 'filter.search'],
    ['a NUL character inside of data', { data: { a: ['x', { b: '\0' }] } }, 'filter.data.a[1].b'],
    ['a NUL character in a name inside of data', { data: { '\0': 1 } }, 'filter.data'],
  ])('are refused by name when a text has %s', async (_, filter, field) => {
    expect(await ask(some, filter)).toEqual(['input.text', field]);
  });
});
