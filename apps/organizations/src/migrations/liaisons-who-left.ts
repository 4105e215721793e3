import { Migration } from '@mikro-orm/migrations';

/** Who goes along no more since they were to leave, so that they go along again where that was a mistake. */
export class LiaisonsWhoLeft extends Migration {
  override up(): void {
    this.addSql(`alter table "contact_assignment" add column "liaisons_left" jsonb not null default '[]'`);
  }
}
