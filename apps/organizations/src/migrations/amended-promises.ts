import { Migration } from '@mikro-orm/migrations';

/** Promises that an amendment of their visit took away. */
export class AmendedPromises extends Migration {
  override up(): void {
    this.addSql('alter table "promise" add column "amended_away_at" timestamptz null');
  }
}
