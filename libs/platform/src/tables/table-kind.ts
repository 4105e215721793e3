import type { EntityClass } from '@mikro-orm/postgresql';
import type { AccessRule } from '@frontline/access';
import type { Fact } from '@frontline/events';
import type { Ctx } from '../context.ts';
import type { DomainError } from '../errors.ts';
import { textColumn, type TableColumn } from './columns.ts';

/** A row of a file whose cells could all be read: absent columns have no key, blank cells are `null`. */
export interface Line {
  number: number;
  values: Readonly<Record<string, unknown>>;
}

/** Lines that say something of one record, in the order of the file. */
export interface LineGroup {
  /** What the record is known by. */
  key: string;
  lines: readonly [Line, ...Line[]];
  /** The record that the key belongs to, locked; absent when there is none yet. */
  id?: string;
}

/** Something wrong with a line: the refusal's `field` is the column's code (or an input's path that ends with it). */
export interface LineIssue {
  number: number;
  error: DomainError;
}

/** What the lines of a record come to. `row` and `owned` hold property names of the entities. */
export type Decision =
  { outcome: 'REFUSED'; issues: readonly LineIssue[] } | { outcome: 'UNCHANGED'; id: string } | RecordChange;

/** A record as it is to be. Owned rows are all that it has; a kind that is absent stays as it is. */
export interface RecordChange {
  outcome: 'CREATED' | 'UPDATED';
  id: string;
  row: Record<string, unknown> & { id: string };
  owned: Readonly<Record<string, readonly (Record<string, unknown> & { id: string })[]>>;
  /** What the kind needs again when it makes facts. */
  memo?: unknown;
}

/** Rows that belong to a record. */
export interface OwnedRows {
  entity: EntityClass<object>;
  /** Property that holds the record's id. */
  by: string;
}

/**
 * 表: a kind of record that is exchanged as a table. It decides what lines come to by the rules of its concept; reading,
 * writing, before-images, undoing, progress and errors are the platform's.
 */
export interface TableKind {
  /** Name in paths and in the graph, such as `cadres`. */
  name: string;
  zh: string;
  en: string;
  columns: readonly TableColumn[];
  /** Who may bring such records in, take them out, and see its batches. */
  access: AccessRule & { kind: 'roles' };
  /** Whether the table holds personal data; it is then for those alone who may see it, and every export is noted. */
  personal: boolean;
  entity: EntityClass<object>;
  owned: Readonly<Record<string, OwnedRows>>;
  /** What a record is known by, from any of its lines; lines of one key are brought in whole or not at all. */
  keyOf(line: Line): string;
  /** The records that keys belong to. */
  find(ctx: Ctx, groups: readonly LineGroup[]): Promise<ReadonlyMap<string, string>>;
  /** What each group comes to, in their order; nothing is written here. */
  decide(ctx: Ctx, groups: readonly LineGroup[]): Promise<Decision[]>;
  /** What others are told of records that have changed, by id; owned rows are saved by then, the records not yet. */
  facts(ctx: Ctx, changes: readonly RecordChange[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** What follows when records have been saved, restored or removed. */
  settle?(ctx: Ctx, ids: readonly string[]): Promise<void>;
  /** Which of these records, all made by a batch, something else rests on by now, and what. */
  inUse(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Removes what records alone have made that the table does not show, before they go. */
  forget?(ctx: Ctx, ids: readonly string[]): Promise<void>;
  /** What others are told of records that have been put back to what they were. */
  restored(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** What others are told of records that go because they came by mistake; they are still there. */
  withdrawn(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** The lines of an export with the record's id, in an order in which they can be brought in. */
  lines(ctx: Ctx): AsyncIterable<{ id: string; values: Readonly<Record<string, unknown>> }>;
}

/** The last column of every table: which system is the authority for the row. */
export const SOURCE = textColumn(
  {
    code: 'source',
    zh: '来源系统',
    en: 'Source system',
    about:
      '权威系统代码，空白表示以本平台为准 · Code of the system that is the authority for the record; blank: this platform is.',
  },
  40,
  (text) => (/^[a-z0-9][a-z0-9.-]*$/.test(text) ? undefined : 'must be lower-case letters, digits, hyphens and points'),
);

/** All columns of a kind, in the order of its files. */
export const columnsOf = ({ columns }: TableKind): readonly TableColumn[] => [...columns, SOURCE];
