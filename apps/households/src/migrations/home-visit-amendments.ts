import { Migration } from '@mikro-orm/migrations';

/** Who recorded a home visit and when, the history of those that were amended or withdrawn, and demands taken away with it. */
export class HomeVisitAmendments extends Migration {
  override up(): void {
    for (const statement of [
      `alter table "home_visit"
        add column "recorded_at" timestamptz null,
        add column "recorder" text null,
        add column "amended_at" timestamptz null,
        add column "withdrawn_at" timestamptz null`,
      `alter table "home_visit_demand"
        add column "case_withdrawn" boolean not null default false,
        add column "amended_away_at" timestamptz null`,
      `create table "home_visit_amendment" (
        "id" uuid not null,
        "home_visit_id" uuid not null,
        "at" timestamptz not null,
        "by_cadre_id" uuid null,
        "reason" text not null,
        "changed" text not null,
        primary key ("id")
      )`,
      `create index "home_visit_amendment_home_visit_id_index" on "home_visit_amendment" ("home_visit_id")`,
    ])
      this.addSql(statement);
  }
}
