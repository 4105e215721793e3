import { Migration } from '@mikro-orm/migrations';

/** Who went along before, so that a past day is answered as of then. */
export class FormerLiaisons extends Migration {
  override up(): void {
    this.addSql(`alter table "contact_assignment" add column "former_liaisons" jsonb not null default '[]'`);
  }
}
