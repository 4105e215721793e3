export {
  dayColumn,
  enumColumn,
  listColumn,
  numberColumn,
  textColumn,
  truthColumn,
  type TableColumn,
} from './columns.ts';
export { tellOf } from '../save-rows.ts';
export { refuseForeignRecord, sourcesOf } from './record-source.ts';
export { streamedRows } from './streamed-rows.ts';
export type { Decision, Line, LineGroup, LineIssue, RecordChange, TableKind } from './table-kind.ts';
