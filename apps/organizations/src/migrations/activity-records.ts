import { Migration } from '@mikro-orm/migrations';

/** Who recorded an activity, when, in what capacity, how the record was taken, and the device's own id of one made offline. */
export class ActivityRecords extends Migration {
  override up(): void {
    for (const statement of [...columns, ...rules]) this.addSql(statement);
  }
}

const columns = [
  `alter table "activity"
      add column "acceptance" text not null default 'ACCEPTED',
      add column "recorded_as" text null,
      add column "recorded_at" timestamptz null,
      add column "recorded_by_id" uuid null,
      add column "recorder" text null,
      add column "client_id" text null,
      add column "made_at" timestamptz null,
      add column "client_digest" text null`,
];

/** A record made offline is kept once for its recorder, however often it is sent and under whatever key. */
const rules = [
  'create unique index activity_made_offline on activity (recorder, client_id) where client_id is not null',
  'create index contact_assignment_of_target on contact_assignment (target_id, valid_from)',
];
