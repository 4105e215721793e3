import { Migration } from '@mikro-orm/migrations';

/** Organizations and assignments change: one thing at a time, as it stands when the transaction ends. */
export class ChangesOfOrganizations extends Migration {
  override up(): void {
    for (const statement of rules) this.addSql(statement);
  }
}

/** Deferred, since a change ends one period and begins another in one transaction, in any order. */
const rules = [
  'alter table organization_name drop constraint one_name_at_a_time',
  `alter table organization_name add constraint one_name_at_a_time
    exclude using gist (organization_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  'alter table organization_parent drop constraint one_parent_at_a_time',
  `alter table organization_parent add constraint one_parent_at_a_time
    exclude using gist (organization_id with =, tree with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  'alter table contact_assignment drop constraint assignments_do_not_overlap',
  `alter table contact_assignment add constraint assignments_do_not_overlap
    exclude using gist (scheme with =, contactor_id with =, target_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
];
