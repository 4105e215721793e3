import { Migration } from '@mikro-orm/migrations';

/** Patches of residential areas, which assignments can have as their target. */
export class Patches extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "patch" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "subdistrict_id" uuid not null,
    "code" text not null,
    "name_zh" text not null,
    "name_en" text not null,
    "valid_from" date not null,
    "valid_to" date null,
    primary key ("id")
  )`,
  'create index "patch_subdistrict_id_index" on "patch" ("subdistrict_id")',
  `create table "patch_area" (
    "id" uuid not null,
    "valid_from" date not null,
    "valid_to" date null,
    "patch_id" uuid not null,
    "area_id" uuid not null,
    primary key ("id")
  )`,
  'create index "patch_area_patch_id_index" on "patch_area" ("patch_id")',
  'create index "patch_area_area_id_index" on "patch_area" ("area_id")',
  `alter table patch_area add constraint area_in_one_patch_at_a_time
    exclude using gist (area_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,

  `alter table "contact_assignment" add column "target_kind" text not null default 'ORGANIZATION', add column "place_id" uuid null`,
  'update "contact_assignment" set "place_id" = "target_id"',
  'alter table "contact_assignment" alter column "place_id" set not null',
  `alter table "contact_scheme_version" add column "in_patches" boolean not null default false`,

  // which organizations an assignment reaches, and when: its target, or the areas of the patch that it holds
  `create view contact_reach as
    select a.id as assignment_id, a.target_id as organization_id, a.valid_from, a.valid_to
    from contact_assignment a where a.target_kind = 'ORGANIZATION'
    union all
    select a.id, p.area_id, greatest(a.valid_from, p.valid_from), least(a.valid_to, p.valid_to)
    from contact_assignment a join patch_area p on p.patch_id = a.target_id
    where a.target_kind = 'PATCH' and p.valid_from < coalesce(a.valid_to, 'infinity') and a.valid_from < coalesce(p.valid_to, 'infinity')`,

  // who holds a patch contacts each of its areas: these are counted anew with the assignment, and with the patch
  `create or replace function assignment_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        insert into coverage_stale (subject_id) select unnest(array[old.target_id, old.contactor_id] || old.co_contactor_ids)
          union select area_id from patch_area where patch_id = old.target_id;
      end if;
      if tg_op <> 'DELETE' then
        insert into coverage_stale (subject_id) select unnest(array[new.target_id, new.contactor_id] || new.co_contactor_ids)
          union select area_id from patch_area where patch_id = new.target_id;
      end if;
      return null;
    end $$`,
  `create function patch_area_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        insert into coverage_stale (subject_id) select old.area_id
          union select unnest(array[contactor_id] || co_contactor_ids) from contact_assignment where target_id = old.patch_id;
      end if;
      if tg_op <> 'DELETE' then
        insert into coverage_stale (subject_id) select new.area_id
          union select unnest(array[contactor_id] || co_contactor_ids) from contact_assignment where target_id = new.patch_id;
      end if;
      return null;
    end $$`,
  `create trigger patch_area_makes_coverage_stale after insert or update or delete on patch_area
    for each row execute function patch_area_makes_coverage_stale()`,
];
