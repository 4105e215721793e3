import { startSmallDistrict, type SmallDistrict } from './small-district.fixture.ts';

let district: SmallDistrict;
beforeAll(async () => {
  district = await startSmallDistrict({ CORS_ORIGINS: 'https://app.example' });
});
afterAll(() => district.stop());

const asked = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${district.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe('an answer', () => {
  it.each([1, 5_000, 15_950, 16_000, 60_000])(
    'is as long as it says, and in the words of the service (%i times)',
    async (times) => {
      const id = '殷行街道 é 😀 '.repeat(times).slice(0, times);
      const response = await asked(`{ cadre(id: ${JSON.stringify(id)}) { name } }`);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(JSON.parse(bytes.toString('utf8'))).toEqual({ data: { cadre: { name: `cadre ${id}` } } });
    },
  );

  it('is of the media type that its client prefers, or refused', async () => {
    const typeOf = async (accept: string) => {
      const response = await asked('{ caseCount }', { accept });
      return [response.status, response.headers.get('content-type')];
    };
    const json = 'application/json; charset=utf-8';
    const graphql = 'application/graphql-response+json; charset=utf-8';
    expect(await typeOf('*/*')).toEqual([200, json]);
    expect(await typeOf('application/json;q=0.5, application/graphql-response+json')).toEqual([200, graphql]);
    expect(await typeOf('text/html')).toEqual([406, json]);
  });

  it('is given to a question that stands in the address', async () => {
    const query = 'query ($id: ID!) { cadre(id: $id) { name } }';
    const parameters = new URLSearchParams({ query, variables: JSON.stringify({ id: '五&#' }) });
    const response = await fetch(`${district.gateway.url}/graphql?${String(parameters)}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(await response.json()).toEqual({ data: { cadre: { name: 'cadre 五&#' } } });
  });

  it('may be read by the page that asked, with the request id', async () => {
    const { headers } = await asked('{ caseCount }', { origin: 'https://app.example', 'x-request-id': 'a-request-id' });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
    expect(headers.get('x-request-id')).toBe('a-request-id');
  });

  it('is counted, once', async () => {
    const counted = async () => {
      const lines = (await (await fetch(`${district.gateway.url}/metrics`)).text()).split('\n');
      const line = lines.find((each) =>
        /^http_request_duration_seconds_count\{.*route="\/graphql",status="200"/.test(each),
      );
      return Number(line?.split(' ').at(-1) ?? 0);
    };
    const before = await counted();
    await (await asked('{ caseCount }')).text();
    while ((await counted()) === before) await new Promise((resolve) => setImmediate(resolve));
    expect(await counted()).toBe(before + 1);
  });
});
