import { compose, CompositionRefused } from './compose.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const cadres = {
  name: 'personnel',
  sdl: `${link}\n"A cadre." type Cadre @key(fields: "id") { id: ID! name: String }\ntype Query { cadre(id: ID!): Cadre }`,
};
const cases = {
  name: 'cases',
  sdl: `${link}\ntype Cadre @key(fields: "id") { id: ID! openCases: [String!] }\ntype Query { caseCount: Int }`,
};

describe('composing the supergraph', () => {
  it('joins the types of two services', () => {
    const { api, supergraph } = compose([cadres, cases]);
    expect(api).toContain('openCases: [String!]');
    expect(supergraph).toContain('@join__graph(name: "personnel", url: "http://personnel.invalid/graphql")');
  });

  it('makes the same file whatever the order of the services', () => {
    expect(compose([cases, cadres])).toEqual(compose([cadres, cases]));
  });

  it('shows clients nothing of how the graph is split', () => {
    const { api } = compose([cadres, cases]);
    expect(api).not.toMatch(/join__|@key|_entities|_service/);
    expect(api).toContain('"""A cadre."""');
  });

  it('says which service is at fault when a field differs between two', () => {
    const other = {
      name: 'cases',
      sdl: `${link}\ntype Cadre @key(fields: "id") { id: ID! name: Int }\ntype Query { x: Int }`,
    };
    expect(() => compose([cadres, other])).toThrow(CompositionRefused);
    expect(() => compose([cadres, other])).toThrow(/Cadre\.name.*(cases|personnel)/s);
  });

  it('says which service has a file that is not GraphQL', () => {
    expect(() => compose([cadres, { name: 'cases', sdl: 'type {' }])).toThrow(/cases: Syntax Error/);
  });
});
