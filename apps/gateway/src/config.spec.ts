import { ConfigError, readConfig } from '@frontline/platform/process';
import { gatewaySettings } from './config.ts';

const complete = {
  PORT: '4000',
  INTERNAL_SECRET: 'a secret of at least 32 characters',
  ISSUER: 'https://login.example',
  ISSUER_JWKS_URL: 'https://login.example/keys',
  SUBGRAPH_URL_PERSONNEL: 'http://127.0.0.1:4001/graphql',
  SUBGRAPH_URL_ORGANIZATIONS: 'http://127.0.0.1:4002/graphql',
  SUBGRAPH_URL_HOUSEHOLDS: 'http://127.0.0.1:4003/graphql',
  SUBGRAPH_URL_CASES: 'http://127.0.0.1:4004/graphql',
};
const development = {
  FRONTLINE_MODE: 'development',
  ISSUER: 'urn:frontline:development',
  DEVELOPMENT_ISSUER_FILE: 'issuer.json',
};
const refusal = (settings: Record<string, string>) => {
  try {
    readConfig(gatewaySettings, { ...complete, ...settings });
    return 'accepted';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

describe('the gateway’s settings', () => {
  it('have defaults that keep it to this machine and to production', () => {
    expect(readConfig(gatewaySettings, complete)).toMatchObject({
      HOST: '127.0.0.1',
      FRONTLINE_MODE: 'production',
      CORS_ORIGINS: [],
    });
  });

  it('take origins as a list', () => {
    expect(
      readConfig(gatewaySettings, { ...complete, CORS_ORIGINS: 'https://a.example, https://b.example' }).CORS_ORIGINS,
    ).toEqual(['https://a.example', 'https://b.example']);
  });

  it('allow the development issuer in development', () => {
    expect(refusal({ ...development, ISSUER_JWKS_URL: '' })).toBe('accepted');
  });

  it.each([
    ['FRONTLINE_MODE', { ...development, FRONTLINE_MODE: 'production' }],
    ['NODE_ENV', { ...development, NODE_ENV: 'production' }],
  ])('refuse the development issuer in production, said by %s', (_, settings) => {
    const message = refusal(settings);
    expect(message).toContain('DEVELOPMENT_ISSUER_FILE: must not be set in production');
    expect(message).toContain('ISSUER: must not be the development issuer in production');
  });

  it('need somebody whose tokens are believed', () => {
    expect(refusal({ ISSUER_JWKS_URL: '' })).toContain('ISSUER_JWKS_URL: is required');
  });

  it('name everything that is wrong at once, and no secret', () => {
    const message = refusal({ INTERNAL_SECRET: 'short-secret', PORT: 'many', SUBGRAPH_URL_CASES: '', MAX_DEPTH: '0' });
    for (const name of ['INTERNAL_SECRET', 'PORT', 'SUBGRAPH_URL_CASES', 'MAX_DEPTH'])
      expect(message).toContain(`${name}: `);
    expect(message).not.toContain('short-secret');
  });
});
