import { Migration } from '@mikro-orm/migrations';

/** The history of amended activities, and demands that an amendment took away or whose case it withdrew. */
export class ActivityAmendments extends Migration {
  override up(): void {
    for (const statement of [
      `alter table "activity" add column "amended_at" timestamptz null`,
      `alter table "demand"
        add column "case_withdrawn" boolean not null default false,
        add column "amended_away_at" timestamptz null`,
      `create table "activity_amendment" (
        "id" uuid not null,
        "activity_id" uuid not null,
        "at" timestamptz not null,
        "by_cadre_id" uuid null,
        "reason" text not null,
        "changed" text not null,
        primary key ("id")
      )`,
      `create index "activity_amendment_activity_id_index" on "activity_amendment" ("activity_id")`,
    ])
      this.addSql(statement);
  }
}
