import { unanswered } from './unanswered.ts';

const pathsOf = (operation: string) => unanswered(operation, 'ECONNREFUSED').errors.map(({ path }) => path);

describe('what stands for an answer that never came', () => {
  it('is an error for every root field, by the name the caller gave it', () => {
    expect(pathsOf('query A__personnel__0 { cadre(id: 1) { name } all: cadres { id } }')).toEqual([['cadre'], ['all']]);
  });

  it('is an error for every field of the first entity', () => {
    const operation = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Cadre { __typename openCases } ... on Grid { openCases cases { id } } }
    }`;
    expect(pathsOf(operation)).toEqual([
      ['_entities', 0, 'openCases'],
      ['_entities', 0, 'cases'],
    ]);
  });
});
