import { Migration } from '@mikro-orm/migrations';

/** The tables of personnel: cadres with what holds of them for a time, representatives, accounts. */
export class PersonnelTables extends Migration {
  override up(): void {
    for (const statement of [...tables, ...constraints]) this.addSql(statement);
  }
}

const tables = [
  `create table "account" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "sub" varchar(255) not null,
      "label" varchar(255) not null,
      "cadre_id" uuid null,
      "grants" jsonb not null,
      primary key ("id")
    )`,
  `alter table "account" add constraint "account_sub_unique" unique ("sub")`,
  `create table "cadre" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "staff_number" varchar(255) not null,
      "name" varchar(255) not null,
      "sex" text not null,
      "born_on" date not null,
      "recruited_on" date not null,
      "status" text not null,
      "status_since" date not null,
      primary key ("id")
    )`,
  `alter table "cadre" add constraint "cadre_staff_number_unique" unique ("staff_number")`,
  `create table "grassroots_experience" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "organization_id" uuid not null,
      "kind" text not null,
      primary key ("id")
    )`,
  `create index "grassroots_experience_cadre_id_index" on "grassroots_experience" ("cadre_id")`,
  `create index "grassroots_experience_organization_id_index" on "grassroots_experience" ("organization_id")`,
  `create table "liaison" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "liaison_id" uuid not null,
      primary key ("id")
    )`,
  `create index "liaison_cadre_id_index" on "liaison" ("cadre_id")`,
  `create index "liaison_liaison_id_index" on "liaison" ("liaison_id")`,
  `create table "membership" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "kind" text not null,
      primary key ("id")
    )`,
  `create index "membership_cadre_id_index" on "membership" ("cadre_id")`,
  `create table "post" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "organization_id" uuid not null,
      "title" varchar(255) not null,
      primary key ("id")
    )`,
  `create index "post_cadre_id_index" on "post" ("cadre_id")`,
  `create index "post_organization_id_index" on "post" ("organization_id")`,
  `create table "public_representative" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "name" varchar(255) not null,
      "cadre_id" uuid null,
      "kind" text not null,
      "level" text not null,
      "term_from" date not null,
      "term_until" date null,
      "constituency_id" uuid null,
      primary key ("id")
    )`,
  `create index "public_representative_name_index" on "public_representative" ("name")`,
  `create index "public_representative_cadre_id_index" on "public_representative" ("cadre_id")`,
  `create index "public_representative_constituency_id_index" on "public_representative" ("constituency_id")`,
  `create table "rank_period" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "rank" text not null,
      primary key ("id")
    )`,
  `create index "rank_period_cadre_id_index" on "rank_period" ("cadre_id")`,
];

/** Lookups of what holds on a day go by owner and period; one period of a kind may not overlap another of the same cadre. */
const constraints = [
  'create extension if not exists btree_gist',
  `alter table rank_period add constraint rank_period_one_at_a_time exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&)`,
  `alter table grassroots_experience add constraint experience_does_not_overlap exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&)`,
  'create index cadre_name on cadre (name, staff_number, id)',
  'create index rank_period_rank on rank_period (rank, valid_from, cadre_id)',
  'create index public_representative_term on public_representative (kind, term_from, term_until)',
];
