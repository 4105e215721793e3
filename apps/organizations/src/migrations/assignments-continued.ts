import { Migration } from '@mikro-orm/migrations';

/** Which assignment another one goes on for, so that what came of the first is known to whoever holds the next. */
export class AssignmentsContinued extends Migration {
  override up(): void {
    this.addSql('alter table "contact_assignment" add column "continues_id" uuid null');
    this.addSql('create index "handover_next_assignment_id_index" on "handover" ("next_assignment_id")');
    this.addSql(
      'update contact_assignment a set continues_id = h.assignment_id from handover h where h.next_assignment_id = a.id',
    );
  }
}
