import { buildSchema, getVariableValues, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { queryFault, withoutValues } from './query-faults.ts';

const schema = buildSchema(`
  enum Rank { BUREAU DIVISION }
  input Filter { rank: Rank, limit: Int, name: String, codes: [ID!], must: Boolean! = true, needed: Filter2 }
  input Filter2 { id: ID! }
  type Cadre { id: ID! }
  type Query { cadres(filter: Filter!): [Cadre!], cadre(id: ID!, rank: Rank): Cadre }`);

/** The faults that graphql-js finds in a query. */
function faultsOf(query: string): string[] {
  return validate(schema, parse(query)).map(({ message }) => queryFault(message).code);
}

/** The faults that graphql-js finds in the variable `$f` of type Filter. */
function faultsOfVariable(f: unknown) {
  const { definitions } = parse('query ($f: Filter!) { cadres(filter: $f) { id } }');
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], f === undefined ? {} : { f });
  for (const { message } of errors) expect(withoutValues(message)).not.toMatch(/CAPTAIN SECRET|got invalid value/);
  return errors.map(({ message }) => queryFault(message));
}

describe("graphql-js's faults as codes", () => {
  it.each([
    ['{ cadre(id: 1, rank: CAPTAIN) { id } }', 'input.unknownEnumValue'],
    ['{ cadre(id: 1, rank: "BUREAU") { id } }', 'input.unknownEnumValue'],
    ['{ cadres(filter: { limit: "x" }) { id } }', 'input.wrongType'],
    ['{ cadres(filter: { limit: 99999999999 }) { id } }', 'input.wrongType'],
    ['{ cadres(filter: { name: 1 }) { id } }', 'input.wrongType'],
    ['{ cadres(filter: 3) { id } }', 'input.wrongType'],
    ['{ cadres(filter: null) { id } }', 'input.wrongType'],
    ['query ($x: String) { cadre(id: $x) { id } }', 'input.wrongType'],
    ['{ cadres(filter: { nane: "x" }) { id } }', 'input.unknownField'],
    ['{ cadres(filter: { needed: {} }) { id } }', 'input.missing'],
    ['{ cadre { id } }', 'input.missing'],
    ['{ cadre(id: 1, colour: 1) { id } }', 'query.unknownArgument'],
    ['{ cadre(id: 1) { name } }', 'query.unknownField'],
    ['{ cadre(id: $id) { id } }', 'query.unknownVariable'],
    ['query ($x: Rang) { cadre(id: 1, rank: $x) { id } }', 'query.unknownType'],
    ['{ cadre(id: 1) { ...F } }', 'query.unknownFragment'],
    ['{ cadre(id: 1) }', 'query.invalid'],
  ])('%s: %s', (query, code) => {
    expect(faultsOf(query)).toContain(code);
  });

  it.each([
    [{ rank: 'CAPTAIN' }, { code: 'input.unknownEnumValue', field: 'f.rank' }],
    [
      { name: { x: 'CAPTAIN SECRET' }, limit: 'CAPTAIN SECRET' },
      { code: 'input.wrongType', field: 'f.limit' },
    ],
    [{ rank: 3 }, { code: 'input.unknownEnumValue', field: 'f.rank' }],
    [{ limit: 'x' }, { code: 'input.wrongType', field: 'f.limit' }],
    [{ codes: ['a', {}] }, { code: 'input.wrongType', field: 'f.codes[1]' }],
    [{ must: null }, { code: 'input.wrongType', field: 'f.must' }],
    ['text', { code: 'input.wrongType', field: 'f' }],
    [{ nane: 'x' }, { code: 'input.unknownField', field: 'f.nane' }],
    [{ needed: {} }, { code: 'input.missing', field: 'f.needed.id' }],
    [undefined, { code: 'input.missing', field: 'f' }],
    [null, { code: 'input.missing', field: 'f' }],
  ])('variable %j: %j', (value, fault) => {
    expect(faultsOfVariable(value)).toContainEqual(fault);
  });
});
