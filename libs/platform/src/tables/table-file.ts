import { csvBytes, csvRows } from './csv-file.ts';
import { MAX_CELL } from './cell-text.ts';
import { tableErrors } from './table.errors.ts';
import type { Encoding } from './text-decoding.ts';
import { xlsxBytes, xlsxRows } from './xlsx-file.ts';

/** A cell: its text, or the number that a workbook keeps, of which nobody knows how it was written. */
export type Cell = string | number;

/** A row as it stands in a file; the first one is number 1. */
export interface TableRow {
  number: number;
  cells: Cell[];
}

/** Forms of table files. */
export const FORMATS = ['csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** Bytes of a file, as it comes. */
export const MAX_FILE_BYTES = 67_108_864;

/** Bytes of a workbook, which has to be held whole, since its directory stands at its end. */
const MAX_WORKBOOK_BYTES = 33_554_432;

/** Rows and columns of a file. */
export const MAX_ROWS = 500_000;
const MAX_COLUMNS = 200;

/** Rows of a file with what it turned out to be. */
export interface OpenTable {
  format: Format;
  /** Known once the first rows were read; a workbook has none. */
  encoding(): Encoding | undefined;
  rows: AsyncIterable<TableRow>;
}

/** Opens a table file as it comes: a workbook by its first bytes, anything else as CSV. Refuses what exceeds the limits. */
export async function openTable(chunks: AsyncIterable<Uint8Array>, encoding?: Encoding): Promise<OpenTable> {
  const source = bounded(chunks, MAX_FILE_BYTES)[Symbol.asyncIterator]();
  let head: Uint8Array = Buffer.alloc(0);
  for (let next; head.length < 4 && !(next = await source.next()).done;) head = Buffer.concat([head, next.value]);
  const whole = { [Symbol.asyncIterator]: () => after(head, source) };
  const isWorkbook = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
  let settled: Encoding | undefined;
  const rows = isWorkbook
    ? xlsxRows(await collected(bounded(whole, MAX_WORKBOOK_BYTES)))
    : csvRows(whole, encoding, (known) => (settled = known));
  return { format: isWorkbook ? 'xlsx' : 'csv', encoding: () => settled, rows: withinLimits(rows) };
}

/** Rows as the bytes of a file; UTF-8 where no encoding is named. */
export function tableBytes(
  rows: AsyncIterable<readonly string[]>,
  format: Format,
  encoding: Encoding = 'utf-8',
): AsyncIterable<Uint8Array> {
  return format === 'xlsx' ? xlsxBytes(rows) : csvBytes(rows, encoding);
}

async function* after(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > max) throw tableErrors('import.tooLarge', { limit: `${max} bytes` });
    yield chunk;
  }
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function* withinLimits(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    const limit = exceeded(row);
    if (limit) throw tableErrors('import.tooLarge', { limit: `row ${row.number}: ${limit}` });
    yield row;
  }
}

function exceeded({ number, cells }: TableRow): string | undefined {
  if (number > MAX_ROWS) return `${MAX_ROWS} rows`;
  if (cells.length > MAX_COLUMNS) return `${MAX_COLUMNS} columns`;
  if (cells.some((cell) => String(cell).length > MAX_CELL)) return `${MAX_CELL} characters in a cell`;
  return undefined;
}
