import { Migration } from '@mikro-orm/migrations';

/** What the obligation engine adds to duties: who stands in, who kept it, what others were told of it. */
export class DutiesByRule extends Migration {
  override up(): void {
    for (const statement of [
      'alter table "duty" add column "substitute_id" uuid null',
      'alter table "duty" add column "substituted" boolean not null default false',
      'alter table "duty" add column "told_state" text null',
      'create index duty_substitute on duty (substitute_id, window_start, id) where substitute_id is not null',
    ])
      this.addSql(statement);
  }
}
