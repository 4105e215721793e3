import { Migration } from '@mikro-orm/migrations';

/** Duties by the day on which their windows close: how many were kept is asked of a time. */
export class ClosedDuties extends Migration {
  override up(): void {
    this.addSql('create index duty_closed on duty (window_end, scheme)');
  }
}
