import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { startSmallDistrict, type SmallDistrict } from './small-district.fixture.ts';

const issuer = 'https://login.example';
let signingKey: CryptoKey;
let provider: Server;
let district: SmallDistrict;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  signingKey = privateKey;
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] });
  provider = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  district = await startSmallDistrict({
    FRONTLINE_MODE: 'production',
    ISSUER: issuer,
    ISSUER_JWKS_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
    DEVELOPMENT_ISSUER_FILE: '',
    CORS_ORIGINS: 'https://app.example',
  });
});
afterAll(async () => {
  await district.stop();
  provider.close();
});

describe('a gateway in production', () => {
  it('believes the configured issuer, by the keys it publishes', async () => {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience('frontline')
      .setSubject('u-1')
      .setExpirationTime('5m')
      .sign(signingKey);
    const { data } = await district.ask('{ caseCount }', { headers: { authorization: `Bearer ${token}` } });
    expect(data).toEqual({ caseCount: 7 });
    expect(district.personnel.asked.at(-1)?.body).toEqual({ sub: 'u-1' });
  });

  it.each(['token', 'clock'])('has no route development/%s', async (route) => {
    const response = await fetch(`${district.gateway.url}/development/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"role":"ADMIN","now":"2018-08-17T09:30:00+08:00"}',
    });
    expect(response.status).toBe(404);
  });

  it('shows no role picker', async () => {
    expect(await (await fetch(`${district.gateway.url}/explorer.json`)).json()).toEqual({ rolePicker: false });
  });

  it('lets pages of configured origins ask, and no others', async () => {
    const allowed = async (origin: string) =>
      (
        await fetch(`${district.gateway.url}/graphql`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization',
          },
        })
      ).headers.get('access-control-allow-origin');
    expect(await allowed('https://app.example')).toBe('https://app.example');
    expect(await allowed('https://elsewhere.example')).not.toBe('https://elsewhere.example');
  });

  it('does not answer a form of another page', async () => {
    const response = await fetch(`${district.gateway.url}/graphql?query={caseCount}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'request.invalid' } }] },
    ]);
  });
});

describe('stopping', () => {
  it('finishes what is being answered', async () => {
    const other = await startSmallDistrict();
    const answer = other.cases.holdAnswers();
    const asked = fetch(`${other.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ caseCount }"}',
    });
    while (other.cases.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = other.stop();
    answer();
    const response = await asked;
    expect(await response.json()).toEqual({ data: { caseCount: 7 } });
    // else whoever asked would keep the connection, and the gateway waiting for it
    expect(response.headers.get('connection')).toBe('close');
    await stopped;
  });

  it('waits for no connection over which nothing was asked', async () => {
    const other = await startSmallDistrict();
    const { port } = new URL(other.gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => (said += String(chunk)));
    const closed = once(socket, 'close');
    // The gateway has taken the first connection once it answers over the second
    await once(socket, 'connect');
    await other.ask('{ caseCount }');
    await other.stop();
    await closed;
    // else it would have been waited for until Node gives up and says 408
    expect(said).toBe('');
  });
});
