import { errorCatalogue, type DomainError } from '../errors.ts';
import { columnsOf, type TableKind } from './table-kind.ts';

/** An issue as it is kept and shown: where, which rule, and the sentence in both languages. */
export interface RowIssue {
  row: number;
  /** Code of the column, where it is about one. */
  column: string | null;
  code: string;
  zh: string;
  en: string;
}

/** Words an issue with the names that the file's columns have, where the rule names a field of an input. */
export function worded(kind: TableKind, row: number, error: DomainError): RowIssue {
  const field = error.field?.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const column = columnsOf(kind).find(({ code }) => code === field.replace(/\[\d+\]$/, ''));
  const definition = errorCatalogue.get(error.code);
  const sentence = (text: string, name: string): string =>
    text.replace(/\{(\w+)\}/g, (_, detail: string) =>
      detail === 'field' ? name : String(error.details[detail] ?? ''),
    );
  return {
    row,
    column: column?.code ?? null,
    code: error.code,
    zh: definition ? sentence(definition.zh, column?.zh ?? '该行') : error.messageZh,
    en: definition ? sentence(definition.en, column?.en ?? 'The row') : error.message,
  };
}
