import { Migration } from '@mikro-orm/migrations';

/** Duties of paired assistances: what a duty is owed under and where, the assistances we follow, care visits that wait for theirs. */
export class CareDuties extends Migration {
  override up(): void {
    for (const statement of [...duties, ...assistances]) this.addSql(statement);
  }
}

const duties = [
  `alter table "duty" add column "owed_under" text not null default 'ASSIGNMENT'`,
  'alter table "duty" add column "place_id" uuid null',
  'update "duty" set "place_id" = "target_id"',
  'alter table "duty" alter column "place_id" set not null',
  // what cadres owe to tell was no duty until now
  `insert into "duty" ("id", "owed_under", "assignment_id", "contactor_id", "target_id", "place_id", "scheme", "scheme_version",
    "duty_code", "activity", "window_start", "window_end", "fulfilled_by", "fulfilled_on")
    select gen_random_uuid(), 'TELL_BACK', t.id, t.cadre_id, t.area_id, t.area_id, 'tell-back', 1, 'tell-back', 'TELL_BACK',
      t.owed_from, t.due_on, case when t.told_on is not null then t.id end, t.told_on
    from "tell_back" t where t.cadre_id is not null`,
  'create index duty_place on duty (place_id, window_start, id)',
];

const assistances = [
  `create table assistance (
    id uuid primary key,
    cadre_id uuid not null,
    household_id uuid not null,
    residential_area_id uuid not null,
    valid_from date not null,
    valid_to date null,
    duties_until date null
  )`,
  'create index assistance_of_household on assistance (household_id)',
  'create index assistance_of_cadre on assistance (cadre_id)',
  `create table care_visit_uncounted (
    id uuid primary key,
    household_id uuid not null,
    cadre_ids uuid[] not null,
    held_on date not null
  )`,
  'create index care_visit_uncounted_of_household on care_visit_uncounted (household_id)',
];
