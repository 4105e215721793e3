import { DomainError } from '../errors.ts';
import { guarded, unguarded } from './cell-text.ts';
import { folded, type Language, type TableColumn } from './columns.ts';
import type { Cell } from './table-file.ts';
import { tableErrors } from './table.errors.ts';
import { columnsOf, type Line, type LineIssue, type TableKind } from './table-kind.ts';

/** Columns that we add to a file that is to be corrected; they are passed over when it comes again. */
export const ANNOTATIONS = { zh: ['行号', '错误', '错误（英文）'], en: ['Row', 'Errors (Chinese)', 'Errors'] } as const;

const annotations = new Set([...ANNOTATIONS.zh, ...ANNOTATIONS.en].map(folded));

/**
 * Which column stands where, by the first row of a file: names in Chinese or English, or the column's code. Refuses an
 * unknown name, a column twice, and a file without a required one.
 */
export function headerOf(kind: TableKind, cells: readonly string[]): (TableColumn | undefined)[] {
  const byName = new Map(
    columnsOf(kind).flatMap((column) => [column.code, column.zh, column.en].map((name) => [folded(name), column])),
  );
  const columns = cells.map((cell) => {
    const name = folded(unguarded(cell));
    if (name === '' || annotations.has(name)) return undefined;
    const column = byName.get(name);
    if (!column) throw tableErrors('import.unknownColumn', { column: cell.trim().slice(0, 60) });
    return column;
  });
  const known = columns.filter((column) => column !== undefined);
  if (known.length === 0) throw tableErrors('import.noHeader');
  const twice = known.find((column, at) => known.indexOf(column) < at);
  if (twice) throw tableErrors('import.columnTwice', { column: `${twice.zh} · ${twice.en}` });
  const missing = kind.columns.find((column) => column.required && !known.includes(column));
  if (missing) throw tableErrors('import.missingColumn', { column: `${missing.zh} · ${missing.en}` });
  return columns;
}

/** A row as a line, with what is wrong with its cells; a line with issues lacks those values. */
export function lineOf(
  header: readonly (TableColumn | undefined)[],
  number: number,
  cells: readonly Cell[],
): { line: Line; issues: LineIssue[] } {
  const values: Record<string, unknown> = {};
  const issues: LineIssue[] = [];
  header.forEach((column, at) => {
    if (!column) return;
    const cell = cells[at] ?? '';
    const text = unguarded(String(cell)).trim();
    try {
      if (typeof cell === 'number' && column.isText) throw tableErrors('cell.kept', {}, { field: column.code });
      if (text === '' && column.required) throw tableErrors('cell.required', {}, { field: column.code });
      values[column.code] = text === '' ? null : column.read(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      issues.push({ number, error });
    }
  });
  return { line: { number, values }, issues };
}

/** The names of all columns, as the first row of an export. */
export const headerRow = (kind: TableKind, language: Language): string[] =>
  columnsOf(kind).map((column) => column[language]);

/** Values as a row of an export. */
export function rowOf(kind: TableKind, values: Readonly<Record<string, unknown>>, language: Language): string[] {
  return columnsOf(kind).map((column) => guarded(column.write(values[column.code] ?? null, language)));
}
