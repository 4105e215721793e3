import { Migration } from '@mikro-orm/migrations';

/** What was asked at dialogues and microblogs, and when they were closed. */
export class Questions extends Migration {
  override up(): void {
    for (const statement of [
      'alter table "activity" add column "closed_at" timestamptz null',
      `create table "question" (
        "id" uuid not null,
        "version" int not null default 1,
        "event_sequence" bigint not null default '0',
        "activity_id" uuid not null,
        "area_id" uuid not null,
        "text" text not null,
        "asked_at" timestamptz not null,
        "category_code" text not null,
        "case_kind" text not null,
        "due_on" date not null,
        "answer" text null,
        "answered_at" timestamptz null,
        "answered_by_id" uuid null,
        "demand_id" uuid null,
        primary key ("id")
      )`,
      `create index "question_activity_id_index" on "question" ("activity_id")`,
      `alter table "question" add constraint "question_demand_id_unique" unique ("demand_id")`,
      'create index question_due on question (due_on, id)',
      'create index question_open on question (due_on, id) where answered_at is null and demand_id is null',
      'create index question_about on question (area_id, due_on, id)',
    ])
      this.addSql(statement);
  }
}
