import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smallSchemas, startSmallDistrict, supergraphOf, type SmallDistrict } from '../small-district.fixture.ts';

let district: SmallDistrict;
afterEach(() => district.stop());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The value of a metric, by its name and some of its labels. */
async function metric(name: string, labels: Record<string, string> = {}): Promise<number> {
  const lines = (await (await fetch(`${district.gateway.url}/metrics`)).text()).split('\n');
  const isMeant = (line: string) =>
    new RegExp(`^${name}[ {]`).test(line) &&
    Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`));
  return Number(lines.find(isMeant)?.split(' ').at(-1) ?? 0);
}

describe('executing', () => {
  it('is ours, is counted, and compiles an operation once', async () => {
    district = await startSmallDistrict();
    for (let n = 0; n < 3; n += 1) await district.ask('{ cadre(id: "4") { name openCases } }');
    expect(await metric('operations_executed_total', { executor: 'own', reason: '' })).toBe(3);
    // The other one is the planner's own trial at the start
    expect(await metric('operation_planning_seconds_count')).toBe(2);
    expect(await metric('compiled_operations')).toBe(2);
    expect(await metric('subgraph_request_seconds_count', { subgraph: 'cases', outcome: 'answered' })).toBe(3);
  });

  it('is left to Apollo where ours can not, and says so', async () => {
    district = await startSmallDistrict();
    const query = 'query ($representations: ID!) { cadre(id: "4") { name openCases(since: $representations) } }';
    const { data } = await district.ask(query, { variables: { representations: '1' } });
    expect(data).toEqual({ cadre: { name: 'cadre 4', openCases: null } });
    expect(await metric('operations_executed_total', { executor: 'apollo', reason: 'variableName' })).toBe(1);
  });

  it('has planned for a new graph what was asked lately, before that graph is taken', async () => {
    district = await startSmallDistrict();
    const query = '{ cadre(id: "4") { name openCases } }';
    await district.ask(query);
    await writeFile(district.supergraphFile, supergraphOf(smallSchemas));
    while ((await metric('supergraph_reloads_total', { outcome: 'taken' })) === 0) await turn();
    const planned = await metric('operation_planning_seconds_count');
    expect(planned).toBe(4);
    expect((await district.ask(query)).data).toEqual({ cadre: { name: 'cadre 4', openCases: 3 } });
    expect(await metric('operation_planning_seconds_count')).toBe(planned);
    expect((await district.ask('{ casesToday }')).data).toEqual({ casesToday: 2 });
  });

  it('remembers what was asked lately within a share of OPERATION_CACHE_BYTES', async () => {
    district = await startSmallDistrict({ OPERATION_CACHE_BYTES: '200000' });
    await district.ask('{ caseCount }');
    await district.ask(`{ cadre(id: "4") { name } } # ${'long '.repeat(5_000)}`);
    const before = await metric('operation_planning_seconds_count');
    await writeFile(district.supergraphFile, supergraphOf(smallSchemas));
    while ((await metric('supergraph_reloads_total', { outcome: 'taken' })) === 0) await turn();
    // the planner's own trial and the short one
    expect((await metric('operation_planning_seconds_count')) - before).toBe(2);
  });

  it('stops asking when the client has gone', async () => {
    district = await startSmallDistrict();
    const answer = district.cases.holdAnswers();
    const leaving = new AbortController();
    const asked = fetch(`${district.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ caseCount }' }),
      signal: leaving.signal,
    }).catch((error: Error) => error.name);
    while (district.cases.asked.length === 0) await turn();
    leaving.abort();
    expect(await asked).toBe('AbortError');
    while (!district.cases.asked[0]?.isLeft()) await turn();
    while ((await metric('subgraph_request_seconds_count', { subgraph: 'cases', outcome: 'cancelled' })) === 0)
      await turn();
    answer();
  });

  it('does not wait longer for a service than SUBGRAPH_TIMEOUT_MS', async () => {
    district = await startSmallDistrict({ SUBGRAPH_TIMEOUT_MS: '100' });
    const answer = district.cases.holdAnswers();
    const { data, errors } = await district.ask('{ cadre(id: "4") { name openCases } caseCount }');
    expect(data).toEqual({ cadre: { name: 'cadre 4', openCases: null }, caseCount: null });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']]).sort()).toEqual([
      ['cadre.openCases', 'service.unavailable'],
      ['caseCount', 'service.unavailable'],
    ]);
    answer();
  });
});

describe('an entity that its service does not show', () => {
  it('is null without an error, also where a field is asked that can not be null', async () => {
    district = await startSmallDistrict();
    const query = 'query ($id: ID!) { cadre(id: $id) { name queue } caseCount }';
    const unseen = await district.ask(query, { variables: { id: 'unseen' } });
    expect([unseen.data, unseen.errors]).toEqual([{ cadre: null, caseCount: 7 }, undefined]);
    expect(await metric('absent_entities_total')).toBe(1);
    const seen = await district.ask(query, { variables: { id: '4' } });
    expect([seen.data, seen.errors]).toEqual([{ cadre: { name: 'cadre 4', queue: 1 }, caseCount: 7 }, undefined]);
  });
});

describe('an entity that its service does not show, where something has to be', () => {
  it('takes more of the answer away than itself, and that is an error', async () => {
    district = await startSmallDistrict();
    const { data, errors } = await district.ask('{ head { name queue } caseCount }');
    expect(data).toBeNull();
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['head', 'queue'], 'internal'],
    ]);
    expect(await metric('absent_entities_total')).toBe(0);
  });
});

describe('a service that answers', () => {
  async function withAnswer(text: string, settings: Record<string, string> = {}) {
    const service = createServer((_request, response) =>
      response.setHeader('content-type', 'application/json').end(text),
    );
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    district = await startSmallDistrict({
      SUBGRAPH_URL_CASES: `http://127.0.0.1:${(service.address() as AddressInfo).port}/graphql`,
      ...settings,
    });
    const answer = await district.ask('{ caseCount cadre(id: "4") { name } }');
    service.close();
    return answer;
  }

  it('more than SUBGRAPH_MAX_ANSWER_BYTES counts as not answering', async () => {
    const long = JSON.stringify({ data: { caseCount: 7 }, extensions: { padding: 'x'.repeat(2000) } });
    expect((await withAnswer(long)).data).toMatchObject({ caseCount: 7 });
    await district.stop();
    const { data, errors } = await withAnswer(long, { SUBGRAPH_MAX_ANSWER_BYTES: '1000' });
    expect([data, errors?.[0]?.path, errors?.[0]?.extensions['code']]).toEqual([
      { caseCount: null, cadre: { name: 'cadre 4' } },
      ['caseCount'],
      'service.unavailable',
    ]);
  });

  it('against its own schema leaves null there with a masked error that says where', async () => {
    const { data, errors } = await withAnswer('{"data":{"caseCount":"many"}}');
    expect(data).toEqual({ caseCount: null, cadre: { name: 'cadre 4' } });
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([[['caseCount'], 'internal']]);
    expect(JSON.stringify(errors)).not.toMatch(/many|Invalid value/);
  });

  it('no GraphQL is masked', async () => {
    const { data, errors } = await withAnswer('<html>10.0.0.7</html>');
    expect([data?.['caseCount'], errors?.map(({ extensions }) => extensions['code'])]).toEqual([null, ['internal']]);
    expect(JSON.stringify(errors)).not.toMatch(/html|10\.0\.0\.7|JSON/);
  });
});
