import { request } from 'node:http';
import { decodeJwt } from 'jose';
import { startSmallDistrict, type SmallDistrict } from './small-district.fixture.ts';

let district: SmallDistrict;
beforeAll(async () => {
  district = await startSmallDistrict();
});
afterAll(() => district.stop());

const codes = ({ errors = [] }: { errors?: { extensions: Record<string, unknown> }[] }) =>
  errors.map(({ extensions }) => extensions['code']);

describe('asking several services at once', () => {
  it('joins their answers', async () => {
    const { data, errors } = await district.ask('{ cadre(id: "4") { name openCases } caseCount }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ cadre: { name: 'cadre 4', openCases: 3 }, caseCount: 7 });
  });

  it('tells each service who asks, for it alone, and passes request id and trace on', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = {
      authorization: `Bearer ${await district.tokenFor('CADRE')}`,
      'x-request-id': 'my-own-request-id',
      traceparent: trace,
    };
    const { requestId } = await district.ask('{ caseCount }', { headers });
    const sent = district.cases.asked.at(-1)?.headers;
    expect(requestId).toBe('my-own-request-id');
    expect(sent).toMatchObject({ 'x-request-id': 'my-own-request-id', traceparent: trace });
    expect(decodeJwt((sent?.authorization ?? '').replace('Bearer ', ''))).toMatchObject({
      aud: 'cases',
      actor: { kind: 'person', sub: 'demo:CADRE', cadreId: 'cadre-7', grants: [{ role: 'CADRE' }] },
    });
  });

  it('does not take over a request id that could forge a log line', async () => {
    const { requestId } = await district.ask('{ caseCount }', { headers: { 'x-request-id': 'a b' } });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('asks on behalf of nobody without a token', async () => {
    await district.ask('{ caseCount }');
    const { actor } = decodeJwt((district.cases.asked.at(-1)?.headers.authorization ?? '').replace('Bearer ', ''));
    expect(actor).toEqual({ kind: 'anonymous' });
  });

  it('asks personnel once who somebody is, however often they come', async () => {
    const authorization = `Bearer ${await district.tokenFor('LEADER')}`;
    for (let n = 0; n < 3; n += 1) await district.ask('{ caseCount }', { headers: { authorization } });
    const asked = district.personnel.asked.filter(
      ({ path, body }) => path === '/internal/identity' && JSON.stringify(body).includes('demo:LEADER'),
    );
    expect(asked).toHaveLength(1);
  });

  it('never shows its query plan', async () => {
    const { extensions } = await district.ask('{ caseCount }', { headers: { 'apollo-query-plan-experimental': '1' } });
    expect(extensions).toBeUndefined();
  });
});

describe('errors as clients see them', () => {
  it("keep a service's code, field and both languages, and nothing else of it", async () => {
    const { data, errors } = await district.ask('{ refused caseCount }');
    expect(data).toEqual({ refused: null, caseCount: 7 });
    expect(errors).toEqual([
      {
        message: 'A case that is CLOSED cannot be dispatched.',
        path: ['refused'],
        extensions: {
          code: 'case.illegalMove',
          kind: 'illegalState',
          field: 'input.caseId',
          messages: { zh: '已办结' },
        },
      },
    ]);
  });

  it('mask what nobody expected, under the request id', async () => {
    const { errors, requestId } = await district.ask('{ broken }');
    expect(codes({ errors })).toEqual(['internal']);
    expect(errors?.[0]?.message).toContain(requestId);
    expect(JSON.stringify(errors)).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|personnel|stack/);
  });

  it.each([
    ['{ cadre(id: "1" }', 'query.syntax', undefined],
    ['{ cadre(id: "1") { rank } }', 'query.unknownField', undefined],
    ['{ cadres(filter: { rank: CAPTAIN }) { id } }', 'input.unknownEnumValue', 'filter.rank'],
    ['{ cadres(filter: { ranks: [BUREAU, CAPTAIN] }) { id } }', 'input.unknownEnumValue', 'filter.ranks[1]'],
    ['{ cadres(filter: { limit: "many" }) { id } }', 'input.wrongType', 'filter.limit'],
    ['{ cadres(filter: { colour: 1 }) { id } }', 'input.unknownField', 'filter.colour'],
    ['{ cadre { id } }', 'input.missing', undefined],
    ['{ cadre(id: "1", x: 1) { id } }', 'query.unknownArgument', 'x'],
    ['subscription { cadre(id: "1") { id } }', 'query.operationKind', undefined],
    ['mutation { close }', 'query.operationKind', undefined],
    ['{ cadre(id: "1") { ... @defer { id } } }', 'query.invalid', undefined],
    ['', 'request.invalid', undefined],
  ])('give a fault in a query its own code: %s', async (query, code, field) => {
    const { status, errors } = await district.ask(query);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(field && { field }) });
  });

  it('give a fault in a variable its own code and name the place', async () => {
    const query = 'query ($f: CadreFilter!) { cadres(filter: $f) { id } }';
    const { errors, status } = await district.ask(query, { variables: { f: { ranks: ['CAPTAIN'] } } });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'input.unknownEnumValue', field: 'f.ranks[0]' });
  });

  it('are GraphQL for a body that is no JSON and for a path that does not exist', async () => {
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${district.gateway.url}/graphql`, { method: 'POST', headers, body: '{' });
    expect([broken.status, codes((await broken.json()) as never)]).toEqual([400, ['request.invalid']]);
    const nowhere = await fetch(`${district.gateway.url}/nowhere`);
    expect([nowhere.status, codes((await nowhere.json()) as never)]).toEqual([404, ['request.invalid']]);
  });
});

describe('tokens', () => {
  it.each([
    ['no scheme', 'hello', 'auth.tokenMalformed'],
    ['no token', 'Bearer', 'auth.tokenMalformed'],
    ['something that is no token', 'Bearer abc', 'auth.tokenMalformed'],
    ['a token without signature', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`, 'auth.tokenMalformed'],
  ])('refuses %s', async (_, authorization, code) => {
    const answer = await district.ask('{ caseCount }', { headers: { authorization } });
    expect([answer.status, codes(answer)]).toEqual([401, [code]]);
    expect(answer.data).toBeUndefined();
  });
});

describe('limits', () => {
  const deep = (levels: number) =>
    `{ cadre(id: "1") ${'{ superior '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 1)}`;

  it.each([
    ['40 levels', deep(40), 'limit.depth', '40'],
    ['60 aliases', `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: caseCount`).join(' ')} }`, 'limit.aliases', '60'],
    ['30 root fields', `{ ${'caseCount '.repeat(30)} }`, 'limit.rootFields', '30'],
    ['5000 tokens', `{ cadre(id: "1") { ${'id '.repeat(5000)} } }`, 'limit.tokens', '4000'],
  ])('refuse a query of %s and say the limit', async (_, query, code, number) => {
    const before = district.personnel.asked.length + district.cases.asked.length;
    const { errors, status } = await district.ask(query);
    expect(status).toBe(400);
    expect(codes({ errors })).toContain(code);
    expect(errors?.find(({ extensions }) => extensions['code'] === code)?.message).toContain(number);
    expect(district.personnel.asked.length + district.cases.asked.length).toBe(before);
  });

  it('let through what is just within', async () => {
    expect((await district.ask(deep(20))).errors).toBeUndefined();
  });

  it('let the explorer read the schema', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect((await district.ask(getIntrospectionQuery({ inputValueDeprecation: true }))).errors).toBeUndefined();
  });

  it.each([true, false])('refuse a body of 5 MB (length announced: %s)', async (announced) => {
    const body = JSON.stringify({ query: '{ caseCount }', variables: { text: 'x'.repeat(5 * 1024 * 1024) } });
    const answer = await new Promise<{ status?: number; text: string }>((resolve, reject) => {
      const sent = request(
        `${district.gateway.url}/graphql`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(announced && { 'content-length': body.length }) },
        },
        async (response) => {
          let text = '';
          for await (const chunk of response) text += String(chunk);
          resolve({ status: response.statusCode, text });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
    expect(answer.status).toBe(413);
    expect(codes(JSON.parse(answer.text) as never)).toEqual(['limit.body']);
  });
});

describe('health and metrics', () => {
  it('is alive and ready, and says which services do not answer', async () => {
    const ready = await fetch(`${district.gateway.url}/readyz`);
    expect(await ready.json()).toMatchObject({
      ready: true,
      degraded: expect.arrayContaining(['households does not answer']),
    });
    expect((await fetch(`${district.gateway.url}/livez`)).status).toBe(200);
    expect(await (await fetch(`${district.gateway.url}/metrics`)).text()).toContain('supergraph_file_is_current');
  });
});
