import { brokerForTests, postgresForTests } from '@frontline/test-servers';
import { prepareDatabase } from './messaging.fixture.ts';

/** Addresses of the run's broker, as settings take them; none on a machine that can have none. */
export const brokers: string[] = await brokerForTests().then(
  (address) => [address],
  () => [],
);

/** A fresh database of its own, with the platform's tables and those of a sample. */
export async function freshDatabase(): Promise<string> {
  const { freshDatabase: copyOf } = await postgresForTests();
  return copyOf({ key: 'platform and sample', prepare: prepareDatabase });
}

/** A fresh database without any table. */
export async function emptyDatabase(): Promise<string> {
  return (await postgresForTests()).freshDatabase();
}
