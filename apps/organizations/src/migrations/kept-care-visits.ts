import { Migration } from '@mikro-orm/migrations';

/**
 * Care visits are kept whether they count or not: so another one can keep a duty when the one that kept it is withdrawn.
 * Those of before that counted are known by the duties that they fulfilled; who went is not.
 */
export class KeptCareVisits extends Migration {
  override up(): void {
    this.addSql('alter table care_visit_uncounted rename to care_visit');
    this.addSql('alter index care_visit_uncounted_of_household rename to care_visit_of_household');
  }
}
