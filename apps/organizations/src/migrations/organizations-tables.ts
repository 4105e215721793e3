import { Migration } from '@mikro-orm/migrations';

/** The tables of organizations: the two trees, schemes, assignments, duties, activities with their demands, pairings. */
export class OrganizationsTables extends Migration {
  override up(): void {
    for (const statement of [...tables, ...derived]) this.addSql(statement);
  }
}

const tables = [
  `create table "activity" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "kind" text not null,
      "held_at" timestamptz not null,
      "minutes" int null,
      "target_id" uuid not null,
      "assignment_id" uuid null,
      "met_count" int null,
      "summary" text null,
      primary key ("id")
    )`,
  `create index "activity_assignment_id_index" on "activity" ("assignment_id")`,
  `create table "activity_participant" (
      "id" uuid not null,
      "activity_id" uuid not null,
      "cadre_id" uuid not null,
      primary key ("id")
    )`,
  `create index "activity_participant_activity_id_index" on "activity_participant" ("activity_id")`,
  `create index "activity_participant_cadre_id_index" on "activity_participant" ("cadre_id")`,
  `create table "branch_pairing" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "branch_id" uuid not null,
      "partner_id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "plan" text null,
      primary key ("id")
    )`,
  `create index "branch_pairing_branch_id_index" on "branch_pairing" ("branch_id")`,
  `create index "branch_pairing_partner_id_index" on "branch_pairing" ("partner_id")`,
  `create table "contact_assignment" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "scheme" text not null,
      "contactor_kind" text not null,
      "contactor_id" uuid not null,
      "co_contactor_ids" text[] not null,
      "target_id" uuid not null,
      "liaison_ids" text[] not null,
      "valid_from" date not null,
      "valid_to" date null,
      "reason" text not null,
      primary key ("id")
    )`,
  `create index "contact_assignment_contactor_id_index" on "contact_assignment" ("contactor_id")`,
  `create index "contact_assignment_target_id_index" on "contact_assignment" ("target_id")`,
  `create table "contact_scheme" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "code" varchar(255) not null,
      "name_zh" varchar(255) not null,
      "name_en" varchar(255) not null,
      primary key ("id")
    )`,
  `alter table "contact_scheme" add constraint "contact_scheme_code_unique" unique ("code")`,
  `create table "contact_scheme_version" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "scheme_id" uuid not null,
      "number" int not null,
      "contactor" jsonb not null,
      "target_kinds" text[] not null,
      "liaisons" jsonb null,
      "duties" jsonb not null,
      "source" text not null,
      "quote" text null,
      primary key ("id")
    )`,
  `create index "contact_scheme_version_scheme_id_index" on "contact_scheme_version" ("scheme_id")`,
  `create table "demand" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "activity_id" uuid not null,
      "text" text not null,
      "disposition" text not null,
      "category_code" text not null,
      "case_kind" text null,
      "area_id" uuid not null,
      "household_id" uuid null,
      "outcome" text null,
      "case_id" uuid null,
      "case_number" text null,
      "case_state" text null,
      primary key ("id")
    )`,
  `create index "demand_activity_id_index" on "demand" ("activity_id")`,
  `create table "duty" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "assignment_id" uuid not null,
      "contactor_id" uuid not null,
      "target_id" uuid not null,
      "scheme" text not null,
      "scheme_version" int not null,
      "duty_code" text not null,
      "activity" text not null,
      "window_start" date not null,
      "window_end" date not null,
      "fulfilled_by" uuid null,
      "fulfilled_on" date null,
      "excuse" jsonb null,
      primary key ("id")
    )`,
  `create index "duty_assignment_id_index" on "duty" ("assignment_id")`,
  `create index "duty_fulfilled_by_index" on "duty" ("fulfilled_by")`,
  `create table "organization" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "code" varchar(255) not null,
      "credit_code" varchar(255) null,
      "kind" text not null,
      "sector" text null,
      "status" text not null,
      "valid_from" date not null,
      "valid_to" date null,
      "longitude" double precision null,
      "latitude" double precision null,
      "outline" jsonb null,
      "residents" int null,
      "area_km2" double precision null,
      primary key ("id")
    )`,
  `alter table "organization" add constraint "organization_code_unique" unique ("code")`,
  `create table "organization_name" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "organization_id" uuid not null,
      "zh" varchar(255) not null,
      "en" varchar(255) not null,
      primary key ("id")
    )`,
  `create index "organization_name_organization_id_index" on "organization_name" ("organization_id")`,
  `create table "organization_parent" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "organization_id" uuid not null,
      "tree" text not null,
      "parent_id" uuid not null,
      primary key ("id")
    )`,
  `create index "organization_parent_organization_id_index" on "organization_parent" ("organization_id")`,
  `create index "organization_parent_parent_id_index" on "organization_parent" ("parent_id")`,
  `create table "organization_succession" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "organization_id" uuid not null,
      "successor_id" uuid not null,
      "residential_area_ids" text[] not null,
      primary key ("id")
    )`,
  `create index "organization_succession_organization_id_index" on "organization_succession" ("organization_id")`,
  `create index "organization_succession_successor_id_index" on "organization_succession" ("successor_id")`,
];

/** The flattened trees, which no entity writes, and the indexes of lists and constraints that entities can't say. */
const derived = [
  `create table organization_path (
    tree text not null,
    ancestor_id uuid not null,
    descendant_id uuid not null,
    depth integer not null,
    valid_from date not null,
    valid_to date
  )`,
  'create index organization_path_down on organization_path (ancestor_id, tree, depth, descendant_id)',
  'create index organization_path_up on organization_path (descendant_id, tree, ancestor_id)',
  'create extension if not exists btree_gist',
  `alter table organization_name add constraint one_name_at_a_time exclude using gist (organization_id with =, daterange(valid_from, valid_to) with &&)`,
  `alter table organization_parent add constraint one_parent_at_a_time exclude using gist (organization_id with =, tree with =, daterange(valid_from, valid_to) with &&)`,
  `alter table contact_assignment add constraint assignments_do_not_overlap exclude using gist (scheme with =, contactor_id with =, target_id with =, daterange(valid_from, valid_to) with &&)`,
  'create index organization_kind on organization (kind, sector, code)',
  'create index contact_assignment_scheme on contact_assignment (scheme, valid_from, id)',
  'create index duty_window on duty (scheme, window_start, id)',
  'create index duty_contactor on duty (contactor_id, window_start, id)',
  'create index duty_of_assignment on duty (assignment_id, window_start, id)',
  'create index activity_latest on activity (held_at desc, id)',
  'create index activity_target on activity (target_id, held_at desc, id)',
  'create index activity_of_assignment on activity (assignment_id, held_at desc, id)',
  'create index demand_area on demand (area_id)',
];
