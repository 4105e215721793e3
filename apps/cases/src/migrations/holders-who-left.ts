import { Migration } from '@mikro-orm/migrations';

/** Who held a case until they left, so that it is theirs again where their departure was a mistake. */
export class HoldersWhoLeft extends Migration {
  override up(): void {
    this.addSql('alter table "case_file" add column "left_by_id" uuid null');
    this.addSql('create index "case_file_left_by_id_index" on "case_file" ("left_by_id")');
  }
}
