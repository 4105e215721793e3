import { Migration } from '@mikro-orm/migrations';

/** Which broken promises others were told of. */
export class BrokenPromises extends Migration {
  override up(): void {
    for (const statement of [
      'alter table "promise" add column "told_broken" boolean not null default false',
      'create index promise_untold on promise (due_on) where kept_on is null and not told_broken',
    ])
      this.addSql(statement);
  }
}
