import { Migration } from '@mikro-orm/migrations';

/** Assignments on their way to a successor. */
export class Handovers extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "handover" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "assignment_id" uuid not null,
      "successor_id" uuid not null,
      "offered_on" date not null,
      "accepted_on" date null,
      "next_assignment_id" uuid null,
      "reason" text not null,
      primary key ("id")
    )`,
  'create index "handover_assignment_id_index" on "handover" ("assignment_id")',
  'create index "handover_successor_id_index" on "handover" ("successor_id")',
  'create unique index handover_open on handover (assignment_id) where accepted_on is null',
  'create index handover_latest on handover (offered_on desc, id)',
];
