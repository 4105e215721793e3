import { Migration } from '@mikro-orm/migrations';

/** Whether an assignment has an heir is asked whenever another one is made to its target. */
export class AssignmentsLookedUp extends Migration {
  override up(): void {
    this.addSql('create index "contact_assignment_continues_id_index" on "contact_assignment" ("continues_id")');
  }
}
