import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { DomainError } from '../errors.ts';
import { MAX_CELL } from './cell-text.ts';
import type { TableRow } from './table-file.ts';
import { tableErrors } from './table.errors.ts';
import { decoded, type Encoding } from './text-decoding.ts';

/** Characters of the first line that are looked at for the separator. */
const LOOK_CHARACTERS = 20_000;

/** Rows of a CSV file, one after the other, the first being number 1; blank ones come along. */
export async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding | undefined,
  settled: (encoding: Encoding) => void,
): AsyncGenerator<TableRow> {
  const { delimiter, text } = await separated(decoded(chunks, encoding, settled));
  const parser = parse({
    delimiter,
    relax_column_count: true,
    // a cell that only stands for itself: what somebody typed behind a closing quote
    relax_quotes: true,
    max_record_size: MAX_CELL * 32,
  });
  const reading = pipeline(Readable.from(text), parser);
  reading.catch(() => undefined);
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) yield { number: (number += 1), cells };
    await reading;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw tableErrors('import.tooLarge', { limit: `row ${number + 1}: ${MAX_CELL * 32} characters` });
    throw tableErrors('import.malformed', { format: 'CSV', row: number + 1 });
  }
}

/** The separator that the first line uses most outside of quotes (comma, semicolon or tab), and the whole text again. */
async function separated(pieces: AsyncGenerator<string>): Promise<{ delimiter: string; text: AsyncIterable<string> }> {
  let head = '';
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) break;
    head += value;
    if (head.length >= LOOK_CHARACTERS || /[\r\n]/.test(head)) break;
  }
  const line = (/^[^\r\n]*/.exec(head.slice(0, LOOK_CHARACTERS))?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  const { delimiter } = counts.reduce((most, each) => (each.count > most.count ? each : most));
  return {
    delimiter,
    text: (async function* () {
      yield head;
      yield* pieces;
    })(),
  };
}

/** A row as a line of CSV (RFC 4180), ending with CR LF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

/** Lines as bytes: UTF-8 with a byte order mark, without which Excel takes it for something else, or GB18030. */
export async function* csvBytes(rows: AsyncIterable<readonly string[]>, encoding: Encoding): AsyncGenerator<Buffer> {
  let lines = encoding === 'utf-8' ? '\uFEFF' : '';
  for await (const cells of rows) {
    lines += csvLine(cells);
    if (lines.length < 65_536) continue;
    yield iconv.encode(lines, encoding);
    lines = '';
  }
  if (lines) yield iconv.encode(lines, encoding);
}
