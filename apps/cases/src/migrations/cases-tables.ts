import { Migration } from '@mikro-orm/migrations';

/** The tables of cases: the cases, their moves, their categories. */
export class CasesTables extends Migration {
  override up(): void {
    for (const statement of [...tables, ...derived]) this.addSql(statement);
  }
}

const tables = [
  `create table "case_file" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "number" varchar(255) not null,
      "title" text not null,
      "category_code" text not null,
      "kind" text not null,
      "channel" text not null,
      "state" text not null,
      "demand_id" uuid null,
      "source_kind" text null,
      "source_id" uuid null,
      "area_id" uuid not null,
      "household_id" uuid null,
      "lead_organization_id" uuid null,
      "holder_cadre_id" uuid null,
      "sensitive" boolean not null default false,
      "registered_at" timestamptz not null,
      "promise_due_at" timestamptz not null,
      "hop_due_at" timestamptz null,
      "answered_at" timestamptz null,
      "closed_at" timestamptz null,
      "closing_code" text null,
      primary key ("id")
    )`,
  `alter table "case_file" add constraint "case_file_number_unique" unique ("number")`,
  `alter table "case_file" add constraint "case_file_demand_id_unique" unique ("demand_id")`,
  `create index "case_file_source_id_index" on "case_file" ("source_id")`,
  `create index "case_file_area_id_index" on "case_file" ("area_id")`,
  `create index "case_file_household_id_index" on "case_file" ("household_id")`,
  `create index "case_file_lead_organization_id_index" on "case_file" ("lead_organization_id")`,
  `create index "case_file_holder_cadre_id_index" on "case_file" ("holder_cadre_id")`,
  `create table "case_category" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "code" varchar(255) not null,
      "parent_code" text null,
      "name_zh" varchar(255) not null,
      "name_en" varchar(255) not null,
      primary key ("id")
    )`,
  `alter table "case_category" add constraint "case_category_code_unique" unique ("code")`,
  `create table "case_move" (
      "id" uuid not null,
      "case_id" uuid not null,
      "state" text not null,
      "at" timestamptz not null,
      "by_cadre_id" uuid null,
      "organization_id" uuid null,
      "note" text null,
      primary key ("id")
    )`,
  `create index "case_move_case_id_index" on "case_move" ("case_id")`,
];

/** The counter of case numbers, which no entity writes, and the indexes of lists. */
const derived = [
  'create table case_number (year integer primary key, last integer not null)',
  'create index case_latest on case_file (registered_at desc, id)',
  'create index case_due on case_file (promise_due_at, id)',
  'create index case_state on case_file (state, registered_at desc, id)',
];
