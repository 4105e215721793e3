import { join } from 'node:path';
import { ConfigError, readConfig, subgraphSettings } from './config.ts';

const right = {
  PORT: '4001',
  DATABASE_URL: 'postgresql://frontline:secret@127.0.0.1:5432/personnel',
  INTERNAL_SECRET: 'x'.repeat(32),
  PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
  BLIND_INDEX_KEY: Buffer.alloc(32).toString('base64'),
};

describe('settings', () => {
  it('are read with their defaults', () => {
    const settings = readConfig(subgraphSettings, right);
    expect(settings).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 4001,
      FRONTLINE_MODE: 'production',
      KAFKA_SSL: false,
      DATABASE_POOL_MAX: 10,
    });
    expect(settings.KAFKA_BROKERS).toBeUndefined();
  });

  it('are all checked at once, each wrong one on a line of its own with its rule', () => {
    const wrong = () =>
      readConfig(subgraphSettings, { ...right, PORT: '70000', INTERNAL_SECRET: 'short', DATABASE_URL: '' });
    expect(wrong).toThrow(ConfigError);
    expect(wrong).toThrow(/PORT: .*\n {2}INTERNAL_SECRET: .*at least 32|INTERNAL_SECRET/s);
    expect(wrong).toThrow(/DATABASE_URL: is required \(PostgreSQL URL/);
  });

  it('never show the value of a wrong setting, as it may be a secret', () => {
    try {
      readConfig(subgraphSettings, {
        ...right,
        PERSONAL_DATA_KEYS: 'k1:dG9wc2VjcmV0',
        DATABASE_URL: 'mysql://root:topsecret@db/x',
      });
      throw new Error('was accepted');
    } catch (error) {
      expect((error as Error).message).toMatch(/PERSONAL_DATA_KEYS/);
      expect((error as Error).message).not.toMatch(/topsecret|dG9wc2VjcmV0/);
    }
  });

  it('take an empty text as absent', () => {
    expect(readConfig(subgraphSettings, { ...right, KAFKA_BROKERS: '' }).KAFKA_BROKERS).toBeUndefined();
    expect(readConfig(subgraphSettings, { ...right, KAFKA_BROKERS: 'a:1, b:2' }).KAFKA_BROKERS).toEqual(['a:1', 'b:2']);
  });

  it.each([
    ['a mechanism alone', { KAFKA_SASL_MECHANISM: 'plain' }, 'KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are missing'],
    [
      'a name and password alone',
      { KAFKA_SASL_USERNAME: 'a', KAFKA_SASL_PASSWORD: 'b' },
      'KAFKA_SASL_MECHANISM is missing',
    ],
    [
      'an authority without TLS',
      { KAFKA_SSL_CA: import.meta.filename },
      'KAFKA_SSL_CA: is of use only with KAFKA_SSL=true',
    ],
  ])('are refused together with one sentence when they are torn: %s', (_, given, sentence) => {
    const read = () => readConfig(subgraphSettings, { ...right, ...given, PORT: '70000' });
    expect(read).toThrow(sentence);
    expect(read).toThrow(/PORT: /);
    expect(readConfig(subgraphSettings.pick({ DATABASE_URL: true }), { ...right, ...given })).toBeDefined();
  });

  it.each([
    [join(import.meta.dirname, 'no-such-file.pem'), /KAFKA_SSL_CA: must be a file that can be read/],
    [import.meta.filename, /KAFKA_SSL_CA: must hold certificates in PEM/],
  ])('read the authorities of the brokers from a file, or say what is wrong with it', (file, sentence) => {
    expect(() => readConfig(subgraphSettings, { ...right, KAFKA_SSL: 'true', KAFKA_SSL_CA: file })).toThrow(sentence);
  });
});
