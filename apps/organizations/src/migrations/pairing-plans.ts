import { Migration } from '@mikro-orm/migrations';

/** Why branches are paired and no longer, and what they plan for a year and make of it. */
export class PairingPlans extends Migration {
  override up(): void {
    for (const statement of tables) this.addSql(statement);
  }
}

const tables = [
  `alter table "branch_pairing" add column "reason" text null, add column "end_reason" text null`,
  'create index branch_pairing_by_day on branch_pairing (valid_from, id)',
  `create table "pairing_plan" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "pairing_id" uuid not null,
    "year" int not null,
    "items" jsonb not null,
    "reviewed_on" date null,
    "review_note" text null,
    "concluded_by_branch_on" date null,
    "concluded_by_partner_on" date null,
    primary key ("id")
  )`,
  `alter table "pairing_plan" add constraint "pairing_plan_pairing_id_year_unique" unique ("pairing_id", "year")`,
];
