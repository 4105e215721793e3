import { Migration } from '@mikro-orm/migrations';

/** Where grids, teams and households belonged before their residential area was taken over. */
export class FormerAreas extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "former_area" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "holder_id" uuid not null,
      "residential_area_id" uuid not null,
      primary key ("id")
    )`,
  'create index "former_area_holder_id_index" on "former_area" ("holder_id")',
  'create index "former_area_residential_area_id_index" on "former_area" ("residential_area_id")',
];
