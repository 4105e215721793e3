import { Migration } from '@mikro-orm/migrations';

/** What bulk imports have brought in: a keyed digest per row, so that bringing the same row again changes nothing. */
export class ImportedRows extends Migration {
  override up(): void {
    this.addSql(`create table imported_row (
      table_name text not null,
      id uuid not null,
      digest text not null,
      imported_at timestamptz not null default now(),
      primary key (table_name, id)
    )`);
  }

  override down(): void {
    this.addSql('drop table imported_row');
  }
}
