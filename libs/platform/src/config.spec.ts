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
});
