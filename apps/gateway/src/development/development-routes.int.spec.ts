import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startSmallDistrict, type SmallDistrict } from '../small-district.fixture.ts';

let district: SmallDistrict;
beforeEach(async () => {
  district = await startSmallDistrict();
});
afterEach(() => district.stop());

const post = (path: string, body: unknown) =>
  fetch(`${district.gateway.url}/development/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('demo tokens', () => {
  it('are given for a role and a place, and believed', async () => {
    const response = await post('token', { role: 'SUBDISTRICT', place: 'YH' });
    const { token, sub } = (await response.json()) as { token: string; sub: string };
    expect(sub).toBe('demo:SUBDISTRICT:YH');
    const { errors } = await district.ask('{ caseCount }', { headers: { authorization: `Bearer ${token}` } });
    expect(errors).toBeUndefined();
    const asked = district.personnel.asked.find(({ path }) => path === '/internal/identity');
    expect(asked?.body).toEqual({ sub: 'demo:SUBDISTRICT:YH' });
  });

  it.each([
    [{ role: 'KING' }, 'role'],
    [{ role: 'CADRE', place: 'a b' }, 'place'],
    [{}, 'role'],
    [[], ''],
  ])('are refused for %j, naming the field', async (body, field) => {
    const response = await post('token', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'input.invalid', field } }] });
  });
});

describe('the district clock', () => {
  it('is refused a time that does not exist', async () => {
    const response = await post('clock', { now: '2018-02-30T09:00:00+08:00' });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { field: 'now' } }] },
    ]);
  });

  it('is set in every service, and those that keep their old one are named', async () => {
    const response = await post('clock', { now: '2018-08-17T09:30:00+08:00' });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'These services keep their old clock: organizations, households.' }],
    });
    const [told] = district.cases.asked.filter(({ path }) => path === '/internal/clock');
    const { offsetMs } = told?.body as unknown as { offsetMs: number };
    expect(Math.abs(Date.now() + offsetMs - Date.parse('2018-08-17T09:30:00+08:00'))).toBeLessThan(10_000);
  });

  it('is set as often as it is moved', async () => {
    for (const day of ['17', '18', '19']) await post('clock', { now: `2018-08-${day}T09:30:00+08:00` });
    expect(district.cases.asked.filter(({ path }) => path === '/internal/clock')).toHaveLength(3);
  });

  it('waits for the work of a new day longer than for an answer', async () => {
    const busy = createServer((request, response) => {
      request.resume();
      setTimeout(() => response.end('{}'), 3_000);
    });
    await once(busy.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(busy.address() as AddressInfo).port}/graphql`;
    const services = ['PERSONNEL', 'ORGANIZATIONS', 'HOUSEHOLDS', 'CASES'];
    const again = await startSmallDistrict({
      ...Object.fromEntries(services.map((name) => [`SUBGRAPH_URL_${name}`, url])),
      SUBGRAPH_TIMEOUT_MS: '1000',
    });
    try {
      const response = await fetch(`${again.gateway.url}/development/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now: '2018-08-17T09:30:00+08:00' }),
      });
      expect(response.status).toBe(200);
    } finally {
      await again.stop();
      busy.close();
    }
  });

  it('is confirmed when every service has it', async () => {
    const again = await startSmallDistrict({
      SUBGRAPH_URL_ORGANIZATIONS: district.personnel.url,
      SUBGRAPH_URL_HOUSEHOLDS: district.cases.url,
    });
    const response = await fetch(`${again.gateway.url}/development/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now: '2018-08-17T09:30:00+08:00' }),
    });
    await again.stop();
    expect(response.status).toBe(200);
    expect(((await response.json()) as { now: string }).now).toMatch(/^2018-08-17T01:30:0/);
  });
});
