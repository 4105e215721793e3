import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ConfigError, readConfig, subgraphSettings, type SubgraphSettings } from './config.ts';
import { transaction } from './change.ts';
import { DomainError } from './errors.ts';
import { askedToStop } from './http-service.ts';
import type { Manifest } from './manifest.ts';
import { operate, operatorsUsage } from './messaging/operators-commands.ts';
import { ReplayInterrupted } from './messaging/replay.ts';
import { migrate } from './orm.ts';
import { entityDdl, writeSchema, writeSnapshot } from './schema-contract.ts';
import { openSubgraph, schemaOf, SchemaOutdated, startSubgraph, storageOf } from './subgraph.ts';

/** Records that one transaction of an import takes. */
const IMPORT_BATCH = 5_000;

const usage = `serve (default) · migrate · import FILE (or - for standard input) · ${operatorsUsage} · schema · schema-file, ddl, snapshot (for developers)`;

/** An import met a line that breaks its format; nothing of its batch was kept. */
class ImportRefused extends Error {}

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
  await asked;
  await running.stop();
}

async function applyMigrations(manifest: Manifest): Promise<void> {
  const { DATABASE_URL } = readConfig(subgraphSettings.pick({ DATABASE_URL: true }));
  const applied = await migrate(storageOf(manifest), DATABASE_URL);
  process.stdout.write(`${manifest.name}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`);
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
    process.stdout.write(`${manifest.name}: ${JSON.stringify(counts)}\n`);
  } finally {
    await open.orm.close(true);
  }
}

/**
 * Reads lines of JSON, each with a `type`, and hands neighbours of one type to their importer, a batch a transaction.
 * Returns how many of each type were read. Refuses at the first bad line, naming its number, field and rule.
 */
export async function importRecords(
  manifest: Manifest,
  open: Awaited<ReturnType<typeof openSubgraph>>,
  lines: AsyncIterable<string>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let batch: { type: string; records: unknown[] } = { type: '', records: [] };
  const apply = async () => {
    const importing = manifest.imports?.[batch.type];
    if (importing && batch.records.length > 0) {
      await transaction(
        open.contextFor({ kind: 'system', service: 'import' }),
        (ctx) => importing.apply(ctx, batch.records as never),
        true,
      );
      counts[batch.type] = (counts[batch.type] ?? 0) + batch.records.length;
    }
  };
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const { type, record } = parseLine(manifest, line, number);
    if (type !== batch.type || batch.records.length >= IMPORT_BATCH) {
      await apply();
      batch = { type, records: [] };
    }
    batch.records.push(record);
  }
  await apply();
  return counts;
}

function parseLine(manifest: Manifest, line: string, number: number): { type: string; record: unknown } {
  let parsed: { type?: unknown };
  try {
    parsed = JSON.parse(line) as { type?: unknown };
  } catch {
    throw new ImportRefused(`line ${number} is not JSON`);
  }
  const importing = typeof parsed.type === 'string' ? manifest.imports?.[parsed.type] : undefined;
  if (!importing)
    throw new ImportRefused(`line ${number}: type must be one of ${Object.keys(manifest.imports ?? {}).join(', ')}`);
  const { type, ...fields } = parsed as { type: string };
  const result = importing.schema.safeParse(fields);
  if (result.success) return { type, record: result.data };
  const issue = result.error.issues[0];
  throw new ImportRefused(
    `line ${number} (${type}): ${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'is not valid'}`,
  );
}
