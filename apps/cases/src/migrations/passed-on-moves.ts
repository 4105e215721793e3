import { Migration } from '@mikro-orm/migrations';

/** Whom a case was taken over from, beside who has it since. */
export class PassedOnMoves extends Migration {
  override up(): void {
    this.addSql('alter table "case_move" add column "succeeds_id" uuid null');
  }
}
