import { startOptions, StartRefused, usage } from './start-options.ts';

describe('options of a start', () => {
  const refusal = (argv: string[], env: NodeJS.ProcessEnv = {}): string => {
    try {
      startOptions(argv, env);
      return 'accepted';
    } catch (error) {
      expect(error).toBeInstanceOf(StartRefused);
      return (error as Error).message;
    }
  };

  it('tells what was asked for from what is usual', () => {
    expect(startOptions([], {})).toMatchObject({
      reset: false,
      asked: {},
      scenario: { district: 'yangpu', scale: 1, asOf: '2018-08-17' },
      ports: { postgres: 54329, kafka: 19092, gateway: 4000 },
    });
    expect(startOptions(['--scale', '3', '--as-of', '2018-05-01'], { GATEWAY_PORT: '5000' })).toMatchObject({
      asked: { scale: 3, asOf: '2018-05-01' },
      scenario: { district: 'yangpu', scale: 3, asOf: '2018-05-01' },
      ports: { gateway: 5000 },
    });
  });

  it.each([
    [['--scale', '0'], '--scale must be'],
    [['--scale', '1.5'], '--scale must be'],
    [['--as-of', '2018-02-30'], '--as-of must be a day that exists'],
    [['--district', 'pudong'], '--district must be one of yangpu, small'],
    [['--scal', '2'], usage],
  ])('refuses %j', (argv, message) => expect(refusal(argv)).toContain(message));

  it.each(['0', '70000', 'http', '4000.5'])('refuses the port %s', (port) =>
    expect(refusal([], { KAFKA_PORT: port })).toContain('KAFKA_PORT must be a port'),
  );

  it('never empties servers that somebody named', () => {
    const message = refusal(['--reset'], { DATABASE_URL_CASES: 'postgresql://db/cases', KAFKA_BROKERS: 'k:9092' });
    expect(message).toContain('DATABASE_URL_CASES, KAFKA_BROKERS name servers of your own, which it never empties');
    expect(message).not.toContain('postgresql://');
    expect(startOptions(['--reset'], { KAFKA_BROKERS: '' }).reset).toBe(true);
  });
});
