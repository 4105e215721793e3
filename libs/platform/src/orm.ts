import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type EntityClass, type Options } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Migration } from '@mikro-orm/migrations';
import pg from 'pg';
import { advisoryLocks } from './advisory-locks.ts';
import { releaseBroken } from './broken-connections.ts';
import { ImportedRows } from './migrations/imported-rows.ts';
import { PlatformTables } from './migrations/platform-tables.ts';
import { ImportAttempts } from './migrations/import-attempts.ts';
import { TableImports } from './migrations/table-imports.ts';
import { countStatements } from './sql-statements.ts';

/** A migration class, listed by hand so that its order is read in one place. */
export type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

/** What the ORM needs to know of a subgraph. */
export interface Storage {
  name: string;
  entities: readonly EntityClass<object>[];
  migrations: readonly MigrationClass[];
  /** Folder of the migrations, which holds the schema snapshot that drift is checked against. */
  migrationsPath: string;
}

/** Options of the ORM for a subgraph; `url` may be any PostgreSQL URL when nothing is connected to (schema, drift). */
export function ormOptions(storage: Storage, url: string, poolMax = 10): Options {
  return {
    entities: [...storage.entities],
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    clientUrl: url,
    pool: { min: 0, max: poolMax },
    timezone: 'UTC',
    forceUtcTimezone: true,
    validateRequired: true,
    driverOptions: { application_name: `frontline-${storage.name}`, onPoolCreated: tended },
    extensions: [Migrator],
    migrations: {
      path: storage.migrationsPath,
      migrationsList: [PlatformTables, ImportedRows, TableImports, ImportAttempts, ...storage.migrations].map(
        (migration) => ({
          name: migration.name,
          class: migration,
        }),
      ),
      snapshotName: `.snapshot-${storage.name}`,
      snapshotOnMigrate: false,
      transactional: true,
      allOrNothing: true,
      silent: true,
    },
    schemaGenerator: { ignoreSchema: [], skipTables: [] },
  } as Options;
}

function tended(pool: pg.Pool): void {
  releaseBroken(pool);
  countStatements(pool);
}

/** Opens the ORM of a subgraph. */
export function openOrm(storage: Storage, url: string, poolMax?: number): Promise<MikroORM> {
  return MikroORM.init(ormOptions(storage, url, poolMax));
}

/** Applies pending migrations under an advisory lock (the ORM's own runner takes none); returns the names of those applied. */
export async function migrate(storage: Storage, url: string): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url, application_name: `frontline-${storage.name}-migrate` });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [advisoryLocks.migration]);
    const orm = await openOrm(storage, url, 2);
    try {
      return (await orm.migrator.up()).map(({ name }) => name);
    } finally {
      await orm.close(true);
    }
  } finally {
    await guard.end();
  }
}

/** Names of the migrations that this version needs and the database lacks. */
export async function pendingMigrations(orm: MikroORM): Promise<string[]> {
  return (await orm.migrator.getPending()).map(({ name }) => name);
}
