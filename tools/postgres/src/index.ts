export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';
export { createDatabase, dropDatabase, withConnection, withDatabase } from './databases.ts';
