import { Migration } from '@mikro-orm/migrations';

/** Why an assignment ended, and when it was to end before: for ends that turn out to be a mistake. */
export class AssignmentsEnded extends Migration {
  override up(): void {
    this.addSql(
      'alter table "contact_assignment" add column "end_reason" text null, add column "planned_until" date null',
    );
  }
}
