import { Migration } from '@mikro-orm/migrations';

/** What was promised at activities, and who must be told what came of what they said. */
export class PromisesAndTellBacks extends Migration {
  override up(): void {
    for (const statement of [...tables, ...lists]) this.addSql(statement);
  }
}

const tables = [
  `create table "promise" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "activity_id" uuid not null,
    "cadre_id" uuid not null,
    "target_id" uuid not null,
    "text" text not null,
    "made_on" date not null,
    "due_on" date not null,
    "kept_on" date null,
    "outcome" text null,
    primary key ("id")
  )`,
  `create index "promise_activity_id_index" on "promise" ("activity_id")`,
  `create table "tell_back" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "demand_id" uuid not null,
    "activity_id" uuid not null,
    "area_id" uuid not null,
    "case_id" uuid not null,
    "cadre_id" uuid null,
    "owed_from" date not null,
    "due_on" date not null,
    "told_on" date null,
    "told_by_id" uuid null,
    "note" text null,
    primary key ("id")
  )`,
  `alter table "tell_back" add constraint "tell_back_demand_id_unique" unique ("demand_id")`,
  `create index "tell_back_activity_id_index" on "tell_back" ("activity_id")`,
];

const lists = [
  'create index promise_due on promise (due_on, id)',
  'create index promise_of_cadre on promise (cadre_id, due_on, id)',
  'create index promise_at_target on promise (target_id, due_on, id)',
  'create index tell_back_due on tell_back (due_on, id)',
  'create index tell_back_of_cadre on tell_back (cadre_id, due_on, id)',
];
