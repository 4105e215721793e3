import { Migration } from '@mikro-orm/migrations';

/** Rules that name organizations name whoever goes on for them: coverage under them is counted anew when that changes. */
export class RulesFollowSuccessions extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create function succession_makes_coverage_stale() returns trigger language plpgsql as $$
    begin
      insert into coverage_stale (scheme_id) select distinct v.scheme_id from contact_scheme_version v where v.contactor ? 'organizationIds';
      return null;
    end $$`,
  `create trigger succession_makes_coverage_stale after insert or delete or update of organization_id, successor_id, valid_from, residential_area_ids
    on organization_succession for each statement execute function succession_makes_coverage_stale()`,
  `create trigger end_makes_coverage_stale after update of status, valid_to on organization
    for each row when (old.status is distinct from new.status or new.status = 'MERGED' and old.valid_to is distinct from new.valid_to)
    execute function succession_makes_coverage_stale()`,
];
