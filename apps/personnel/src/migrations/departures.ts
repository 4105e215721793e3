import { Migration } from '@mikro-orm/migrations';

/** Departures as they were recorded, with what ended by them, so that one recorded by mistake can be taken back. */
export class Departures extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "departure" (
      "id" uuid not null,
      "cadre_id" uuid not null,
      "status" text not null,
      "leaves_on" date not null,
      "recorded_at" timestamptz not null,
      "corrected_at" timestamptz null,
      "correction" text null,
      "ended" jsonb not null,
      primary key ("id")
    )`,
  'create index "departure_cadre_id_index" on "departure" ("cadre_id")',
  // deferred, since a correction takes one back and records another in one transaction, in any order
  `alter table departure add constraint departure_that_stands
    exclude using gist (cadre_id with =) where (corrected_at is null) deferrable initially deferred`,
];
