import { Migration } from '@mikro-orm/migrations';

/** What the people behind cases said when they were called back. */
export class Callbacks extends Migration {
  override up(): void {
    for (const statement of [
      `create table "callback" (
        "id" uuid not null,
        "case_id" uuid not null,
        "held_on" date not null,
        "channel" text not null,
        "reached" boolean not null,
        "solved" text null,
        "contacted" boolean null,
        "treated_well" boolean null,
        "outcome" text not null,
        "note" text null,
        "recorded_at" timestamptz not null,
        "by_cadre_id" uuid null,
        primary key ("id")
      )`,
      `create index "callback_case_id_index" on "callback" ("case_id")`,
    ])
      this.addSql(statement);
  }
}
