import { streamXlsxRows, writeXlsxStream } from 'hucre/xlsx';
import { DomainError } from '../errors.ts';
import type { Cell, TableRow } from './table-file.ts';
import { tableErrors } from './table.errors.ts';

/** Bytes to which the sheets of a workbook may unfold, and all of its other parts together (texts, styles), which are held in memory. */
const MAX_SHEETS = 256 * 1_048_576;
const MAX_OTHERS = 96 * 1_048_576;

/** Rows of the first sheet of a workbook, numbered as Excel numbers them; rows that hold nothing are left out by Excel. */
export async function* xlsxRows(workbook: Uint8Array): AsyncGenerator<TableRow> {
  refuseBomb(workbook);
  let row = 1;
  try {
    for await (const { index, values } of streamXlsxRows(workbook)) {
      row = index + 1;
      yield { number: row, cells: values.map(cellOf) };
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw Object.assign(tableErrors('import.malformed', { format: 'Excel', row }), { cause: error });
  }
}

/** A cell as text, days as YYYY-MM-DD, other times with their clock time; or as the number that it is kept as. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  if (!(value instanceof Date)) return String(value);
  if (Number.isNaN(value.getTime())) return '';
  const text = value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

/** A workbook of one sheet, as bytes while rows come; every cell is text, so that codes keep their zeros. */
export function xlsxBytes(rows: AsyncIterable<readonly string[]>): AsyncIterable<Uint8Array> {
  const cells = (async function* () {
    for await (const row of rows) yield [...row];
  })();
  return writeXlsxStream(cells, { name: 'Frontline', freezePane: { rows: 1 } }) as unknown as AsyncIterable<Uint8Array>;
}

/**
 * Refuses a workbook that unfolds beyond bounds, by what its directory says of each part; the reader unfolds no part
 * further than the directory says.
 */
function refuseBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sheets = 0;
  let others = 0;
  for (const { name, packed, unfolded } of directoryOf(view)) {
    // a part that claims to be empty would not be bounded
    if (unfolded === 0 && packed > 2) throw malformed();
    if (name.startsWith('xl/worksheets/')) sheets += unfolded;
    else others += unfolded;
  }
  if (sheets > MAX_SHEETS || others > MAX_OTHERS)
    throw tableErrors('import.tooLarge', { limit: `${MAX_SHEETS + MAX_OTHERS} bytes, unfolded` });
}

const malformed = () => tableErrors('import.malformed', { format: 'Excel', row: 1 });

/** The central directory of a ZIP file (APPNOTE 4.3.12 and 4.3.16); one in the form for huge files is refused. */
function* directoryOf(view: DataView): Generator<{ name: string; packed: number; unfolded: number }> {
  let end = view.byteLength - 22;
  const least = Math.max(0, end - 65_535);
  while (end >= least && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < least) throw malformed();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let nth = 0; nth < count; nth += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw malformed();
    const [packed, unfolded] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number];
    if (packed === 0xffffffff || unfolded === 0xffffffff || at + 46 + lengths[0] > view.byteLength) throw malformed();
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, lengths[0]));
    yield { name, packed, unfolded };
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
}
