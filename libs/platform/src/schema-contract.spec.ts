import { buildSchema } from 'graphql';
import { unnamed } from './schema-contract.ts';

const schema = buildSchema('enum Colour { RED GREEN } type Query { colour: Colour }');
const colour = (values: Record<string, { zh: string; en: string }>) => ({
  name: 'Colour',
  zh: '颜色',
  description: 'A colour.',
  values,
});

describe('the names of enum values', () => {
  it('are there in both languages', () => {
    const values = { RED: { zh: '红', en: 'Red' }, GREEN: { zh: '绿', en: 'Green' } };
    expect(unnamed(schema, [colour(values)])).toEqual([]);
  });

  it('are missed one by one', () => {
    const values = { RED: { zh: 'Red', en: '' }, GREEN: { zh: '绿', en: '绿色' } };
    expect(unnamed(schema, [colour(values)])).toEqual([
      'Colour.RED has no Chinese name',
      'Colour.RED has no English name',
      'Colour.GREEN has no English name',
    ]);
    expect(unnamed(schema, [colour({ RED: { zh: '红', en: 'Red' } })])).toEqual([
      'Colour.GREEN has no Chinese name',
      'Colour.GREEN has no English name',
    ]);
  });

  it('are missed for an enum that was declared otherwise', () =>
    expect(unnamed(schema, [])).toEqual(['Colour has no names for its values: declare it with domainEnum']));
});
