import { Migration } from '@mikro-orm/migrations';

/** The projection of coverage, and what must be counted anew before it is asked again (ADR 21). */
export class Coverage extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table "contact_scheme_version" add column "cardinalities" jsonb null',
  `create table "coverage_spell" (
    "id" uuid not null,
    "valid_from" date not null,
    "valid_to" date null,
    "scheme_id" uuid not null,
    "side" text not null,
    "subject_kind" text not null,
    "subject_id" uuid not null,
    "place_ids" uuid[] not null,
    "covered" boolean not null,
    "reasons" text[] not null,
    primary key ("id")
  )`,
  'create index "coverage_spell_subject_id_index" on "coverage_spell" ("subject_id")',
  'create index coverage_spell_of_scheme on coverage_spell (scheme_id, side, valid_from, id)',
  `create index coverage_gaps on coverage_spell (scheme_id, side, valid_from, id) where reasons <> '{}'`,

  // one row, since something was counted
  `create table coverage_counted (
    one boolean primary key default true check (one),
    at timestamptz not null
  )`,

  // one of the three is given: a subject, everybody under a scheme, or cadres with a post at an organization
  `create table coverage_stale (
    id bigint generated always as identity primary key,
    subject_id uuid,
    scheme_id uuid,
    post_at uuid
  )`,

  `create function assignment_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        insert into coverage_stale (subject_id) select unnest(array[old.target_id, old.contactor_id] || old.co_contactor_ids);
      end if;
      if tg_op <> 'DELETE' then
        insert into coverage_stale (subject_id) select unnest(array[new.target_id, new.contactor_id] || new.co_contactor_ids);
      end if;
      return null;
    end $$`,
  `create trigger assignment_makes_coverage_stale after insert or update or delete on contact_assignment
    for each row execute function assignment_makes_coverage_stale()`,

  `create function organization_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      insert into coverage_stale (subject_id) values (coalesce(new.id, old.id));
      if tg_op <> 'UPDATE' or old.kind <> new.kind then
        insert into coverage_stale (post_at) values (coalesce(new.id, old.id));
      end if;
      return null;
    end $$`,
  `create trigger organization_makes_coverage_stale after insert or delete or update of kind, valid_from, valid_to on organization
    for each row execute function organization_makes_coverage_stale()`,

  `create function cadre_copy_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      insert into coverage_stale (subject_id) values (coalesce(new.id, old.id));
      return null;
    end $$`,
  `create trigger cadre_copy_makes_coverage_stale after insert or update on local_copy
    for each row when (new.aggregate_type = 'cadre') execute function cadre_copy_makes_coverage_stale()`,
  `create trigger lost_cadre_copy_makes_coverage_stale after delete on local_copy
    for each row when (old.aggregate_type = 'cadre') execute function cadre_copy_makes_coverage_stale()`,

  `create function scheme_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      insert into coverage_stale (scheme_id) values (coalesce(new.scheme_id, old.scheme_id));
      return null;
    end $$`,
  `create trigger scheme_makes_coverage_stale after insert or update or delete on contact_scheme_version
    for each row execute function scheme_makes_coverage_stale()`,

  // what is there already was never counted
  'insert into coverage_stale (scheme_id) select id from contact_scheme',
];
