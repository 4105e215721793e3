import { Migration } from '@mikro-orm/migrations';

/**
 * The tables of households: grids, service teams, households with residents and certificates, assistance, home visits.
 * No foreign keys: rows come in with their owners or after `refuseUnknown`, nothing that is referred to is ever deleted,
 * and their triggers cost a third of an import.
 */
export class HouseholdsTables extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules, ...lists, ...places]) this.addSql(statement);
  }
}

const tables = [
  `create table "grid" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "valid_from" date not null,
      "valid_to" date null,
      "code" varchar(255) not null,
      "layer" varchar(255) not null,
      "name" varchar(255) not null,
      "residential_area_id" uuid not null,
      "leader_cadre_id" uuid null,
      "outline" jsonb not null,
      primary key ("id")
    )`,
  `alter table "grid" add constraint "grid_code_unique" unique ("code")`,
  `create index "grid_residential_area_id_index" on "grid" ("residential_area_id")`,
  `create index "grid_leader_cadre_id_index" on "grid" ("leader_cadre_id")`,
  `create table "hardship_certificate" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "household_id" uuid not null,
      "category" text not null,
      "level" text not null,
      "authority" varchar(255) not null,
      "evidence" text not null,
      "review_on" date not null,
      "source" varchar(255) not null,
      primary key ("id")
    )`,
  `create table "home_visit" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "held_at" timestamptz not null,
      "household_id" uuid not null,
      "residential_area_id" uuid not null,
      "team_id" uuid null,
      "cadre_ids" uuid[] not null,
      "findings" text not null,
      "care" boolean not null,
      primary key ("id")
    )`,
  `create table "home_visit_demand" (
      "id" uuid not null,
      "home_visit_id" uuid not null,
      "position" int not null,
      "text" text not null,
      "disposition" text not null,
      "category_code" varchar(255) not null,
      "case_kind" text null,
      "area_id" uuid not null,
      "household_id" uuid null,
      "outcome" text null,
      primary key ("id")
    )`,
  `create index "home_visit_demand_area_id_index" on "home_visit_demand" ("area_id")`,
  `create index "home_visit_demand_household_id_index" on "home_visit_demand" ("household_id")`,
  `create table "household" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "valid_from" date not null,
      "valid_to" date null,
      "code" varchar(255) not null,
      "address" text not null,
      "address_index" text not null,
      "residential_area_id" uuid not null,
      "grid_id" uuid not null,
      primary key ("id")
    )`,
  `alter table "household" add constraint "household_code_unique" unique ("code")`,
  `create index "household_address_index_index" on "household" ("address_index")`,
  `create table "paired_assistance" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "valid_from" date not null,
      "valid_to" date null,
      "household_id" uuid not null,
      "cadre_id" uuid not null,
      "residential_area_id" uuid not null,
      "end_reason" text null,
      "consented_on" date not null,
      primary key ("id")
    )`,
  `create index "paired_assistance_residential_area_id_index" on "paired_assistance" ("residential_area_id")`,
  `create table "resident" (
      "id" uuid not null,
      "household_id" uuid not null,
      "name" text not null,
      "name_index" text not null,
      "sex" text not null,
      "birth_year" int not null,
      "is_head" boolean not null,
      "phone" text null,
      "phone_index" text null,
      primary key ("id")
    )`,
  `create index "resident_household_id_index" on "resident" ("household_id")`,
  `create index "resident_name_index_index" on "resident" ("name_index")`,
  `create index "resident_phone_index_index" on "resident" ("phone_index")`,
  `create table "service_team" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "valid_from" date not null,
      "valid_to" date null,
      "code" varchar(255) not null,
      "name" varchar(255) not null,
      "residential_area_id" uuid not null,
      "grid_ids" uuid[] not null,
      primary key ("id")
    )`,
  `alter table "service_team" add constraint "service_team_code_unique" unique ("code")`,
  `create index "service_team_residential_area_id_index" on "service_team" ("residential_area_id")`,
  `create table "service_team_participant" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "code" varchar(255) not null,
      "name" text not null,
      "name_index" text not null,
      "role" text not null,
      "cadre_id" uuid null,
      "organization_id" uuid null,
      primary key ("id")
    )`,
  `alter table "service_team_participant" add constraint "service_team_participant_code_unique" unique ("code")`,
  `create index "service_team_participant_name_index_index" on "service_team_participant" ("name_index")`,
  `create index "service_team_participant_cadre_id_index" on "service_team_participant" ("cadre_id")`,
  `create index "service_team_participant_organization_id_index" on "service_team_participant" ("organization_id")`,
  `create table "team_membership" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "participant_id" uuid not null,
      "team_id" uuid not null,
      primary key ("id")
    )`,
];

/** One head a household, one helper a household on any day. Deferred, so that an import may exchange them in one transaction. */
const rules = [
  'create extension if not exists btree_gist',
  `alter table resident add constraint resident_one_head exclude using btree (household_id with =) where (is_head)
    deferrable initially deferred`,
  `alter table paired_assistance add constraint paired_assistance_one_helper
    exclude using gist (household_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
];

/** What the graph's lists are narrowed and ordered by. */
const lists = [
  'create index grid_name on grid (name, code, id)',
  'create index grid_area on grid (residential_area_id, code, id)',
  'create index service_team_name on service_team (name, code, id)',
  'create index service_team_grids on service_team using gin (grid_ids)',
  'create index team_membership_of_team on team_membership (team_id, valid_from, valid_to, participant_id)',
  'create index team_membership_of_participant on team_membership (participant_id, valid_from)',
  'create index household_area on household (residential_area_id, code, id)',
  'create index household_of_grid on household (grid_id, code, id)',
  'create index household_newest on household (valid_from desc, code, id)',
  'create index hardship_of_household on hardship_certificate (household_id, valid_from, valid_to)',
  'create index hardship_review on hardship_certificate (review_on, household_id)',
  'create index assistance_of_household on paired_assistance (household_id, valid_from, valid_to)',
  'create index assistance_by_cadre on paired_assistance (cadre_id, valid_from, valid_to, household_id)',
  'create index assistance_newest on paired_assistance (valid_from desc, id)',
  'create index home_visit_newest on home_visit (held_at desc, id)',
  'create index home_visit_of_household on home_visit (household_id, held_at desc, id)',
  'create index home_visit_by_team on home_visit (team_id, held_at desc, id)',
  'create index home_visit_area on home_visit (residential_area_id, held_at desc, id)',
  'create index home_visit_cadres on home_visit using gin (cadre_ids)',
  'create unique index home_visit_demand_position on home_visit_demand (home_visit_id, position)',
  `create index local_copy_case_demand on local_copy ((data ->> 'demandId')) where aggregate_type = 'case'`,
];

/**
 * The closure of the organizations' paths: each place with every place above it and itself. A trigger keeps it beside our
 * copy of the organizations, whoever writes that copy, so that rows by place cost index lookups and no JSON.
 */
const places = [
  `create table place_ancestor (
    place_id uuid not null,
    ancestor_id uuid not null,
    primary key (ancestor_id, place_id)
  )`,
  'create index place_ancestor_of_place on place_ancestor (place_id)',
  `create function place_ancestor_follows_copy() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from place_ancestor where place_id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        insert into place_ancestor (place_id, ancestor_id)
          select new.id, above.id::uuid from jsonb_array_elements_text(new.data -> 'path') as above(id) on conflict do nothing;
      end if;
      return null;
    end $$`,
  `create trigger place_ancestor_grows after insert on local_copy
    for each row when (new.aggregate_type = 'organization') execute function place_ancestor_follows_copy()`,
  `create trigger place_ancestor_moves after update on local_copy
    for each row when (new.aggregate_type = 'organization' and old.data -> 'path' is distinct from new.data -> 'path')
    execute function place_ancestor_follows_copy()`,
  `create trigger place_ancestor_shrinks after delete on local_copy
    for each row when (old.aggregate_type = 'organization') execute function place_ancestor_follows_copy()`,
];
