import { Migration } from '@mikro-orm/migrations';

/**
 * How often somebody has begun with the open chunk of an import without coming to its end. It is counted outside of the
 * chunk's transaction, so that it outlives a process that the chunk kills.
 */
export class ImportAttempts extends Migration {
  override up(): void {
    this.addSql('alter table import_batch add column attempts integer not null default 0');
  }

  override down(): void {
    this.addSql('alter table import_batch drop column attempts');
  }
}
