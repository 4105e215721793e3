import { Migration } from '@mikro-orm/migrations';

/** Tell-backs pass on: to whom, and in what capacity somebody told; with what finds those that are still owed. */
export class TellBacksPassedOn extends Migration {
  override up(): void {
    for (const statement of [
      `alter table "tell_back" add column "organization_id" uuid null, add column "told_as" text null`,
      `create index tell_back_still_owed on tell_back (id) where told_on is null`,
      `create index tell_back_cadre on tell_back (cadre_id)`,
      `create index tell_back_told_by on tell_back (told_by_id)`,
      `create index tell_back_organization on tell_back (organization_id) where organization_id is not null`,
    ])
      this.addSql(statement);
  }
}
