import { Migration } from '@mikro-orm/migrations';

/**
 * Table files on their way in. `import_row` holds the rows as they came, sealed, since they may hold personal data;
 * `import_image` what a record was before its batch (null: it was not there), as the database has it; `record_source`
 * which records another system is the authority for.
 */
export class TableImports extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    for (const table of ['record_source', 'import_image', 'import_issue', 'import_row', 'import_batch'])
      this.addSql(`drop table ${table}`);
  }
}

const statements = [
  `create table import_batch (
    id uuid primary key,
    kind text not null,
    state text not null,
    dry_run boolean not null,
    source text,
    takes_over boolean not null default false,
    format text,
    encoding text,
    header jsonb not null default '[]',
    actor jsonb not null,
    made_by text not null,
    request_id text not null,
    upload_key text,
    file_hash text,
    total integer not null default 0,
    done_through integer not null default 1,
    created integer not null default 0,
    updated integer not null default 0,
    unchanged integer not null default 0,
    refused integer not null default 0,
    undone integer not null default 0,
    kept integer not null default 0,
    failed_at_row integer,
    begun_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    unique (made_by, upload_key)
  )`,
  `create index import_batch_open on import_batch (id) where state in ('WAITING', 'RUNNING', 'UNDOING')`,
  `create table import_row (
    batch_id uuid not null references import_batch (id) on delete cascade,
    number integer not null,
    cells text not null,
    outcome text,
    primary key (batch_id, number)
  )`,
  `create table import_issue (
    batch_id uuid not null references import_batch (id) on delete cascade,
    row integer not null,
    nth integer not null,
    "column" text,
    code text not null,
    zh text not null,
    en text not null,
    primary key (batch_id, row, nth)
  )`,
  `create table import_image (
    batch_id uuid not null references import_batch (id) on delete cascade,
    record_id uuid not null,
    nth bigint generated always as identity,
    row integer not null,
    version_before integer,
    version_after integer not null,
    image jsonb,
    source_before text,
    settled boolean not null default false,
    primary key (batch_id, record_id)
  )`,
  'create index import_image_record on import_image (record_id, version_after)',
  'create index import_image_open on import_image (batch_id, nth desc) where not settled',
  `create table record_source (
    table_name text not null,
    id uuid not null,
    system text not null,
    primary key (table_name, id)
  )`,
];
