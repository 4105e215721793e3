import { Migration } from '@mikro-orm/migrations';

/** Reception days, and who receives at them. */
export class Receptions extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "reception_day" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "kind" text not null,
    "occurrence" date not null,
    "date" date not null,
    "moved_from" date null,
    "subdistrict_id" uuid not null,
    "venue_id" uuid not null,
    "seats" int not null,
    "scheme_version" int null,
    "cancelled_on" date null,
    "change_reason" text null,
    "held_at" timestamptz null,
    "activity_id" uuid null,
    primary key ("id")
  )`,
  'create index "reception_day_venue_id_index" on "reception_day" ("venue_id")',
  'alter table "reception_day" add constraint "reception_day_activity_id_unique" unique ("activity_id")',
  `create table "reception_seat" (
    "id" uuid not null,
    "reception_day_id" uuid not null,
    "nth" int not null,
    "representative_id" uuid null,
    "cadre_id" uuid null,
    "swapped" boolean not null default false,
    "attended" boolean null,
    primary key ("id")
  )`,
  'create index "reception_seat_reception_day_id_index" on "reception_seat" ("reception_day_id")',
  'create index "reception_seat_representative_id_index" on "reception_seat" ("representative_id")',
  'create index "reception_seat_cadre_id_index" on "reception_seat" ("cadre_id")',
  'create index reception_day_in_order on reception_day (date, id)',
  'create index reception_day_of_subdistrict on reception_day (subdistrict_id, date, id)',
];
