import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { startSmallDistrict, type SmallDistrict } from '../small-district.fixture.ts';

describe('a file that passes through the gateway', () => {
  let district: SmallDistrict;
  let service: Server;
  const asked: { method: string; url: string; headers: IncomingHttpHeaders; length: number }[] = [];
  beforeAll(async () => {
    service = createServer(async (request, response) => {
      let length = 0;
      try {
        for await (const chunk of request) length += (chunk as Buffer).length;
      } catch {
        // the gateway has broken it off
        return;
      }
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, length });
      response.writeHead(request.method === 'POST' ? 202 : 200, {
        'content-type': 'text/csv; charset=gb18030',
        'content-disposition': 'attachment; filename="a.csv"',
        'set-cookie': 'internal=1',
      });
      if (request.method === 'POST') return void response.end('{}');
      for (let at = 0; at < 300; at += 1) response.write(Buffer.alloc(100_000, 0xb0));
      response.end();
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/graphql`;
    district = await startSmallDistrict({ SUBGRAPH_URL_ORGANIZATIONS: url, MAX_FILE_BYTES: '3000000' });
  });
  afterAll(async () => {
    await district.stop();
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
  });

  const send = async (path: string, body?: Uint8Array, role = 'ADMIN') =>
    fetch(`${district.gateway.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${await district.tokenFor(role)}`, 'idempotency-key': 'a-key-of-mine' },
      ...(body && { body }),
    });

  it('reaches the service with its query, and with who sends it', async () => {
    const response = await send('/files/organizations/imports/organizations?dryRun=true', Buffer.alloc(2_000_000));
    expect([response.status, await response.text()]).toEqual([202, '{}']);
    const [{ method, url, headers, length }] = asked.slice(-1) as [(typeof asked)[number]];
    expect([method, url, length]).toEqual(['POST', '/files/imports/organizations?dryRun=true', 2_000_000]);
    expect(headers['idempotency-key']).toBe('a-key-of-mine');
    expect(decodeJwt((headers.authorization ?? '').replace('Bearer ', ''))).toMatchObject({
      aud: 'organizations',
      actor: { sub: 'demo:ADMIN' },
    });
  });

  it('comes back whole however long it is, with its own headers alone', async () => {
    const response = await send('/files/organizations/exports/organizations');
    expect((await response.arrayBuffer()).byteLength).toBe(30_000_000);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=gb18030');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.csv"');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('is a calendar for programs that have no token: its address is the secret', async () => {
    const response = await fetch(`${district.gateway.url}/calendar/a-secret.ics`, {
      headers: { 'if-none-match': '"known"' },
    });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    const [{ url, headers }] = asked.slice(-1) as [(typeof asked)[number]];
    expect([url, headers['if-none-match']]).toEqual(['/calendar/a-secret.ics', '"known"']);
    expect(decodeJwt((headers.authorization ?? '').replace('Bearer ', ''))).toMatchObject({
      actor: { kind: 'anonymous' },
    });
  });

  const codeOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
  ];

  it('is refused when it is too large', async () =>
    expect(await codeOf(await send('/files/organizations/imports/x', Buffer.alloc(3_000_001)))).toEqual([
      413,
      'limit.body',
    ]));

  it('finds no service that does not exist', async () =>
    expect(await codeOf(await send('/files/nothing/exports/x'))).toEqual([404, 'request.invalid']));

  it('learns that a service does not answer, and nothing of where it runs', async () =>
    expect(await codeOf(await send('/files/households/exports/x'))).toEqual([503, 'service.unavailable']));

  it('is refused with a token that nobody believes', async () => {
    const headers = { authorization: 'Bearer nonsense' };
    const response = await fetch(`${district.gateway.url}/files/organizations/exports/x`, { headers });
    expect(await codeOf(response)).toEqual([401, 'auth.tokenMalformed']);
  });
});
