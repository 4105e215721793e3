import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { frontlineOffice, idOf, smallDistrict, somebody } from '../small-district.fixture.ts';

describe('grids', () => {
  let district: SubgraphUnderTest;
  beforeAll(async () => {
    district = await smallDistrict();
  });
  afterAll(() => district?.stop());

  const codes = async (filter: string) => {
    const { grids } = await district.answer(
      frontlineOffice,
      `{ grids(filter: ${filter}) { totalCount nodes { code } } }`,
    );
    expect(grids.totalCount).toBe(grids.nodes.length);
    return grids.nodes.map(({ code }: { code: string }) => code);
  };

  it('are found by layer, day, area, leader and name', async () => {
    expect(await codes('{}')).toEqual(['G1', 'G2', 'G3', 'G4', 'P1']);
    expect(await codes('{ layer: "responsibility", activeOn: "2018-08-17" }')).toEqual(['G1', 'G3', 'G4']);
    expect(await codes('{ layer: "responsibility", activeOn: "2017-12-31" }')).toEqual(['G1', 'G2', 'G3', 'G4']);
    expect(await codes('{ activeOn: "2018-01-01" }')).not.toContain('G2');
    expect(await codes(`{ residentialAreaId: "${idOf('north-1')}" }`)).toEqual(['G1', 'G2']);
    expect(await codes(`{ within: "${idOf('north')}" }`)).toEqual(['G1', 'G2', 'G3']);
    expect(await codes(`{ within: "${idOf('district')}", layer: "police" }`)).toEqual(['P1']);
    expect(await codes(`{ leaderId: "${idOf('helper')}" }`)).toEqual(['G1']);
    expect(await codes('{ hasLeader: false, activeOn: "2018-08-17" }')).toEqual(['G3', 'G4', 'P1']);
    expect(await codes('{ search: "格 G3" }')).toEqual(['G3']);
    expect(await codes('{ codes: ["P1", "G4", "unknown"] }')).toEqual(['G4', 'P1']);
  });

  it('are paged by cursor without gap or repetition, in either order', async () => {
    for (const order of ['CODE', 'NAME']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: string = after ? `, after: "${after}"` : '';
        const { grids } = await district.answer(
          frontlineOffice,
          `{ grids(first: 2, order: ${order}${page}) { totalCount nodes { code } pageInfo { hasNextPage endCursor } } }`,
        );
        expect(grids.totalCount).toBe(5);
        seen.push(...grids.nodes.map(({ code }: { code: string }) => code));
        after = grids.pageInfo.hasNextPage ? grids.pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(['G1', 'G2', 'G3', 'G4', 'P1']);
    }
  });

  it('are one by id and by code, with outline, area and leader', async () => {
    const fields = '{ id code name from until outline residentialArea { id } leader { id } }';
    const { byCode, byId, neither, both } = await district.answer(
      frontlineOffice,
      `{ byCode: grid(code: "G1") ${fields} byId: grid(id: "${idOf('G1')}") ${fields} neither: grid(code: "G9") { id }
         both: grid(code: "G1", id: "${idOf('G2')}") { id } }`,
    );
    expect(byCode).toEqual(byId);
    expect(byCode).toMatchObject({
      code: 'G1',
      from: '2010-06-01',
      until: null,
      residentialArea: { id: idOf('north-1') },
      leader: { id: idOf('helper') },
      outline: { type: 'Polygon' },
    });
    expect([neither, both]).toEqual([null, null]);
  });

  it('hang on organizations of every level and on the cadres who lead them', async () => {
    const { _entities: found } = await district.answer(
      frontlineOffice,
      `query ($of: [_Any!]!) { _entities(representations: $of) {
         ... on Organization { grids(filter: { activeOn: "2018-08-17", layer: "responsibility" }) { totalCount nodes { code } } }
         ... on Cadre { ledGrids { nodes { code } } } } }`,
      { of: [...['district', 'north', 'south-1'].map(organizationKey), { __typename: 'Cadre', id: idOf('helper') }] },
    );
    expect(found).toEqual([
      { grids: { totalCount: 3, nodes: [{ code: 'G1' }, { code: 'G3' }, { code: 'G4' }] } },
      { grids: { totalCount: 2, nodes: [{ code: 'G1' }, { code: 'G3' }] } },
      { grids: { totalCount: 1, nodes: [{ code: 'G4' }] } },
      { ledGrids: { nodes: [{ code: 'G1' }] } },
    ]);
  });

  it.each([
    ['a page too large', 'grids(first: 1000) { totalCount }', 'page.size'],
    ['a cursor of nobody', 'grids(after: "abc") { totalCount }', 'page.cursor'],
    ['a day that does not exist', 'grids(filter: { activeOn: "2018-02-30" }) { totalCount }', 'input.date'],
    ['an id of another form', 'grids(filter: { within: "north" }) { totalCount }', 'input.id'],
  ])('refuse %s with a stable code', async (_what, field, code) => {
    expect(await district.refusal(frontlineOffice, `{ ${field} }`)).toMatchObject({ code });
  });

  it('are for staff only', async () => {
    const query = '{ grids { totalCount } }';
    expect(await district.refusal(somebody('PARTNER'), query)).toMatchObject({ code: 'access.denied' });
    expect(await district.refusal({ kind: 'anonymous' }, query)).toMatchObject({ code: 'access.signIn' });
    expect((await district.answer(somebody('ADMIN'), query)).grids.totalCount).toBe(5);
  });
});

const organizationKey = (name: string) => ({ __typename: 'Organization', id: idOf(name) });
