import { transaction } from './change.ts';
import { dataset } from './dataset.ts';
import { DomainError } from './errors.ts';
import type { Importer, Manifest } from './manifest.ts';
import type { OpenSubgraph } from './subgraph.ts';

/** Records that one transaction of an import takes. */
const IMPORT_BATCH = 5_000;

/** An import met a line that breaks its format, or lines that contradict what is there; nothing of their batch was kept. */
export class ImportRefused extends Error {}

/** A rule that one record breaks. */
class RecordRefused extends Error {
  constructor(
    readonly at: number,
    override readonly cause: DomainError,
  ) {
    super(cause.message);
  }
}

/**
 * Runs a rule for one of the records that an importer got (`at`, from 0): the import then names the line, the field and the
 * code of what the rule refuses.
 */
export function ofRecord(at: number, rule: () => void): void {
  try {
    rule();
  } catch (error) {
    throw error instanceof DomainError ? new RecordRefused(at, error) : error;
  }
}

/** Neighbours of one type, and the number of the line of each. */
interface Batch {
  type: string;
  records: unknown[];
  lines: number[];
}

/** What lines a service reads: its own, and the one about the data set itself that every service takes. */
function importersOf(manifest: Manifest): Readonly<Record<string, Importer>> {
  return { ...manifest.imports, dataset };
}

/**
 * Reads lines of JSON, each with a `type`, and hands neighbours of one type to their importer, a batch a transaction.
 * Returns how many of each type were read. Refuses at the first bad line, naming its number, field and rule.
 */
export async function importRecords(
  manifest: Manifest,
  open: OpenSubgraph,
  lines: AsyncIterable<string>,
): Promise<Record<string, number>> {
  const importers = importersOf(manifest);
  const counts: Record<string, number> = {};
  let batch: Batch = { type: '', records: [], lines: [] };
  // The next batch is read and checked while the database takes this one; two are never applied at once.
  let applying: Promise<unknown> = Promise.resolve();
  const apply = async () => {
    await applying;
    const { type, records, lines } = batch;
    const importing = importers[type];
    if (!importing || records.length === 0) return;
    counts[type] = (counts[type] ?? 0) + records.length;
    applying = transaction(
      open.contextFor({ kind: 'system', service: 'import' }),
      (ctx) => importing.apply(ctx, records as never),
      true,
    ).catch((error: unknown) => {
      throw refusalBy(error, type, lines);
    });
    applying.catch(() => undefined);
  };
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const { type, record } = parseLine(importers, line, number);
      if (type !== batch.type || batch.records.length >= IMPORT_BATCH) {
        await apply();
        batch = { type, records: [], lines: [] };
      }
      batch.records.push(record);
      batch.lines.push(number);
    }
    await apply();
  } finally {
    await applying;
  }
  return counts;
}

function parseLine(
  importers: Readonly<Record<string, Importer>>,
  line: string,
  number: number,
): { type: string; record: unknown } {
  let parsed: { type?: unknown };
  try {
    parsed = JSON.parse(line) as { type?: unknown };
  } catch {
    throw new ImportRefused(`line ${number} is not JSON`);
  }
  const importing = typeof parsed.type === 'string' ? importers[parsed.type] : undefined;
  if (!importing) throw new ImportRefused(`line ${number}: type must be one of ${Object.keys(importers).join(', ')}`);
  const { type, ...fields } = parsed as { type: string };
  const result = importing.schema.safeParse(fields);
  if (result.success) return { type, record: result.data };
  const issue = result.error.issues[0];
  throw new ImportRefused(
    `line ${number} (${type}): ${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'is not valid'}`,
  );
}

/**
 * The rule that a record breaks with its line; what the database refuses since it breaks a constraint with records that are
 * there, as a sentence for the operator; anything else stays as it was thrown. The values stay out of it: they may be personal data.
 */
function refusalBy(error: unknown, type: string, lines: Batch['lines']): unknown {
  if (error instanceof RecordRefused)
    return new ImportRefused(`line ${lines[error.at]} (${type}): ${error.message} (${error.cause.code})`, {
      cause: error.cause,
    });
  const { code, constraint } = error as { code?: string; constraint?: string };
  // SQLSTATE class 23: integrity constraint violation
  if (!code?.startsWith('23')) return error;
  return new ImportRefused(
    `lines ${lines[0]} to ${lines.at(-1)} (${type}) contradict records that are there already (${constraint ?? code})`,
    { cause: error },
  );
}
