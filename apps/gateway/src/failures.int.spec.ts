import { writeFile } from 'node:fs/promises';
import {
  startSmallDistrict,
  startSmallService,
  smallSchemas,
  supergraphOf,
  type SmallDistrict,
} from './small-district.fixture.ts';

let district: SmallDistrict;
beforeEach(async () => {
  district = await startSmallDistrict();
});
afterEach(() => district.stop());

/** Asks until an answer fits; a file is looked at twice a second. */
async function eventually<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const metric = async (name: string) => {
  const text = await (await fetch(`${district.gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)$`, 'm').exec(text)?.[1]);
};

describe('a service that does not answer', () => {
  it('leaves the rest of the page and is named by a code, not by its address', async () => {
    await district.cases.stop();
    const { data, errors, status } = await district.ask('{ cadre(id: "4") { name openCases } caseCount }');
    expect(status).toBe(200);
    expect(data).toEqual({ cadre: { name: 'cadre 4', openCases: null }, caseCount: null });
    expect(errors?.map(({ path }) => path)).toEqual(expect.arrayContaining([['caseCount'], ['cadre', 'openCases']]));
    expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['service.unavailable']));
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN|serviceName|invalid\/|"reason"/);
  });

  it('is asked again as soon as it is back', async () => {
    const port = Number(new URL(district.cases.url).port);
    await district.cases.stop();
    await district.ask('{ caseCount }');
    const back = await startSmallService('cases', port);
    const { data } = await eventually(
      () => district.ask('{ caseCount }'),
      ({ errors }) => !errors,
    );
    await back.stop();
    expect(data).toEqual({ caseCount: 7 });
  });

  it('that is personnel keeps nobody out who was known a moment ago, and tells strangers why', async () => {
    const known = { authorization: `Bearer ${await district.tokenFor('CADRE')}` };
    const stranger = { authorization: `Bearer ${await district.tokenFor('AUDITOR')}` };
    await district.ask('{ caseCount }', { headers: known });
    await district.personnel.stop();
    expect((await district.ask('{ caseCount }', { headers: known })).data).toEqual({ caseCount: 7 });
    const refused = await district.ask('{ caseCount }', { headers: stranger });
    expect([refused.status, refused.errors?.[0]?.extensions['code']]).toEqual([503, 'service.unavailable']);
  });
});

describe('the supergraph file', () => {
  it('is taken again when it changes', async () => {
    expect((await district.ask('{ casesToday }')).errors?.[0]?.extensions['code']).toBe('query.unknownField');
    await writeFile(district.supergraphFile, supergraphOf(smallSchemas));
    const { data } = await eventually(
      () => district.ask('{ casesToday }'),
      ({ errors }) => !errors,
    );
    expect(data).toEqual({ casesToday: 2 });
    expect(await metric('supergraph_file_is_current')).toBe(1);
  });

  it.each([
    ['is no GraphQL', () => 'type Query {'],
    ['is no supergraph', () => 'type Query { caseCount: Int }'],
    ['names a service without address', () => supergraphOf({ ...smallSchemas, weather: 'type Query { rain: Int }' })],
  ])('is ignored while it %s, and counted; the last good one stays', async (_, broken) => {
    await writeFile(district.supergraphFile, broken());
    await eventually(
      () => metric('supergraph_file_is_current'),
      (value) => value === 0,
    );
    expect((await district.ask('{ cadre(id: "4") { name openCases } caseCount }')).data).toEqual({
      cadre: { name: 'cadre 4', openCases: 3 },
      caseCount: 7,
    });
    await writeFile(district.supergraphFile, supergraphOf(smallSchemas));
    await eventually(
      () => district.ask('{ casesToday }'),
      ({ errors }) => !errors,
    );
    expect(await metric('supergraph_file_is_current')).toBe(1);
  });
});
