import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { z } from 'zod';
import { ConfigError, readConfig, subgraphSettings, type SubgraphSettings } from './config.ts';
import type { Ctx } from './context.ts';
import { DomainError } from './errors.ts';
import { askedToStop } from './http-service.ts';
import { ImportRefused, importRecords } from './import-records.ts';
import type { Manifest } from './manifest.ts';
import { operate, operatorsUsage } from './messaging/operators-commands.ts';
import { ReplayInterrupted } from './messaging/replay.ts';
import { migrate } from './orm.ts';
import { entityDdl, writeSchema, writeSnapshot } from './schema-contract.ts';
import { aesGcmCipher, installCipher } from './sealed.ts';
import { openSubgraph, schemaOf, SchemaOutdated, startSubgraph, storageOf } from './subgraph.ts';

const usage = `serve (default) · migrate · daily (does today’s work now) · rebuild PROJECTION · import FILE (or - for standard input) · ${operatorsUsage} · schema · schema-file, ddl, snapshot (for developers)`;

/** What `migrate` reads of a service's settings. */
const migrationSettings = subgraphSettings
  .pick({ DATABASE_URL: true, PERSONAL_DATA_KEYS: true, BLIND_INDEX_KEY: true })
  .partial({ PERSONAL_DATA_KEYS: true, BLIND_INDEX_KEY: true });

/**
 * The command line of a subgraph: serves until asked to stop, applies migrations, brings records in, or prints the
 * schema. What the operator did wrong ends with one readable message and exit code 1.
 */
export async function runSubgraph(manifest: Manifest, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    const [command = 'serve', file] = argv;
    if (command === 'schema') process.stdout.write((await schemaOf(manifest)).sdl);
    else if (command === 'schema-file') await writeSchema(manifest);
    else if (command === 'ddl') process.stdout.write(await entityDdl(manifest));
    else if (command === 'snapshot') await writeSnapshot(manifest);
    else if (command === 'serve') await serve(manifest);
    else if (command === 'migrate') await applyMigrations(manifest);
    else if (command === 'daily' && manifest.daily) await work(manifest, manifest.daily);
    else if (command === 'rebuild') await work(manifest, projectionOf(manifest, file));
    else if (command === 'import' && file) await importFile(manifest, file);
    else if (command === 'events' || command === 'restore-finish') await runOperators(manifest, argv);
    else throw new ConfigError(`Unknown command; use: ${usage}`);
  } catch (error) {
    if (!isOperatorsError(error)) throw error;
    process.stderr.write(`${manifest.name}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function isOperatorsError(error: unknown): error is Error {
  const expected = [ConfigError, SchemaOutdated, ImportRefused, ReplayInterrupted, DomainError];
  if (expected.some((kind) => error instanceof kind)) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    error.message = `The port is taken (${error.message}). Stop the other process or choose another PORT.`;
  return code === 'EADDRINUSE' || code === 'ECONNREFUSED' || code === 'ENOENT' || code === '28P01' || code === '3D000';
}

async function serve(manifest: Manifest): Promise<void> {
  const asked = askedToStop();
  const running = await startSubgraph(manifest, readConfig(subgraphSettings));
  running.keepDays();
  await asked;
  await running.stop();
}

async function applyMigrations(manifest: Manifest): Promise<void> {
  const { DATABASE_URL, PERSONAL_DATA_KEYS, BLIND_INDEX_KEY } = readConfig(migrationSettings);
  // a migration that seals what is there needs the keys; an empty database does without
  if (PERSONAL_DATA_KEYS && BLIND_INDEX_KEY) installCipher(aesGcmCipher(PERSONAL_DATA_KEYS, BLIND_INDEX_KEY));
  const applied = await migrate(storageOf(manifest), DATABASE_URL);
  process.stdout.write(`${manifest.name}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`);
}

function projectionOf({ projections = {} }: Manifest, name = ''): (ctx: Ctx) => Promise<object> {
  const rebuild = Object.hasOwn(projections, name) ? projections[name] : undefined;
  if (rebuild) return rebuild;
  const known = Object.keys(projections).join(', ') || 'none';
  throw new ConfigError(`There is no projection "${name}"; this service has: ${known}`);
}

/** Does something once as the system, and prints its result. */
async function work(manifest: Manifest, does: (ctx: Ctx) => Promise<object>): Promise<void> {
  const open = await openSubgraph(manifest, commandSettings());
  try {
    const result = await does(open.contextFor({ kind: 'system', service: manifest.name }));
    process.stdout.write(`${manifest.name}: ${JSON.stringify(result)}\n`);
  } finally {
    await open.orm.close(true);
  }
}

/** Settings of a command, which listens nowhere. */
function commandSettings(): SubgraphSettings {
  return readConfig(subgraphSettings.omit({ PORT: true }).extend({ PORT: z.coerce.number().default(0) }));
}

async function runOperators(manifest: Manifest, argv: readonly string[]): Promise<void> {
  const settings = commandSettings();
  const open = await openSubgraph(manifest, settings);
  try {
    await operate(manifest, settings, open, argv, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await open.orm.close(true);
  }
}

async function importFile(manifest: Manifest, file: string): Promise<void> {
  const settings = commandSettings();
  const open = await openSubgraph(manifest, settings);
  try {
    const input = file === '-' ? process.stdin : createReadStream(file);
    const counts = await importRecords(manifest, open, createInterface({ input, crlfDelay: Infinity }));
    // whoever asks next should not be planned for empty tables
    await sql`analyze`.execute(open.orm.em.getKysely());
    process.stdout.write(`${manifest.name}: ${JSON.stringify(counts)}\n`);
  } finally {
    await open.orm.close(true);
  }
}
