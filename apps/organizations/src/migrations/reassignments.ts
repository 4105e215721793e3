import { Migration } from '@mikro-orm/migrations';

/** Handovers that are declined, withdrawn or take effect later; many of them at once as a reassignment. */
export class Reassignments extends Migration {
  override up(): void {
    for (const statement of [
      'alter table "handover" add column "takes_effect_on" date null',
      'alter table "handover" add column "closed_on" date null',
      'alter table "handover" add column "closed_as" text null',
      'alter table "handover" add column "closing_reason" text null',
      'alter table "handover" add column "reassignment_id" uuid null',
      'create index "handover_reassignment_id_index" on "handover" ("reassignment_id")',
      'drop index handover_open',
      'create unique index handover_open on handover (assignment_id) where accepted_on is null and closed_on is null',
      `create table "reassignment" (
        "id" uuid not null,
        "version" int not null default 1,
        "event_sequence" bigint not null default '0',
        "takes_effect_on" date not null,
        "reason" text not null,
        "made_on" date not null,
        "fingerprint" text not null,
        "plan" jsonb not null,
        primary key ("id")
      )`,
    ])
      this.addSql(statement);
  }
}
