export { brokerForTests, postgresForTests, type PostgresForTests, type PreparedDatabase } from './servers-for-tests.ts';
export { chromiumForTests, describeWith, type Requirement } from './requirements.ts';
