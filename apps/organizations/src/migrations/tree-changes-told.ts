import { Migration } from '@mikro-orm/migrations';

/** What others were told of the trees, so that what a day or an import changes is told, and told once. */
export class TreeChangesTold extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table organization add column told_path uuid[] null, add column told_status text null',
  'alter table organization_succession add column told boolean not null default false',
  'create index organization_succession_untold on organization_succession (valid_from) where not told',
];
