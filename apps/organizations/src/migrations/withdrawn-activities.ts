import { Migration } from '@mikro-orm/migrations';

/** Activities that did not take place. */
export class WithdrawnActivities extends Migration {
  override up(): void {
    this.addSql('alter table "activity" add column "withdrawn_at" timestamptz null');
  }
}
