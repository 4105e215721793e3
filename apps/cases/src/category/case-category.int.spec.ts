import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { v5 } from 'uuid';
import { cases } from '../subgraph.ts';

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const line = (code: string, nameZh: string, parentCode?: string) => ({
  type: 'caseCategory',
  id: idOf(code),
  code,
  ...(parentCode && { parentCode }),
  nameZh,
  nameEn: 'Example',
});

describe('the catalogue of categories', () => {
  let subgraph: SubgraphUnderTest;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(cases, { today: '2018-08-17' });
  });
  afterEach(() => subgraph.stop());

  it('is told to whoever copies it, once however often it is brought in, and served as a snapshot', async () => {
    const catalogue = [line('roads', '道路'), line('roads.lighting', '路灯', 'roads')];
    for (let times = 0; times < 2; times += 1) await subgraph.import(catalogue);
    const [roads, lighting] = [
      { id: idOf('roads'), code: 'roads' },
      { id: idOf('roads.lighting'), code: 'roads.lighting', parentCode: 'roads' },
    ];
    const told = (await subgraph.told('caseCategory.imported')).map(({ payload }) => payload.record);
    expect(told).toHaveLength(2);
    expect(told).toEqual(expect.arrayContaining([roads, lighting]));
    const snapshot = await subgraph.answer(
      { kind: 'system', service: 'organizations' },
      '{ caseCategorySnapshot { nodes { sequence record } } }',
    );
    expect(snapshot['caseCategorySnapshot'].nodes).toEqual(
      expect.arrayContaining([roads, lighting].map((record) => ({ sequence: 1, record }))),
    );
    await subgraph.import([line('roads.lighting', '照明', 'roads')]);
    expect((await subgraph.told('caseCategory.imported')).at(-1)?.payload.record).toEqual(lighting);
  });
});
