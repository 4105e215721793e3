import { Migration } from '@mikro-orm/migrations';

/** The callback that told somebody what came of what they said, and the one that did so before it was owed. */
export class TellBacksByCallback extends Migration {
  override up(): void {
    this.addSql(`alter table "tell_back" add column "callback_id" uuid null`);
    this.addSql(`alter table "demand" add column "callback_id" uuid null, add column "called_back_on" date null`);
  }
}
