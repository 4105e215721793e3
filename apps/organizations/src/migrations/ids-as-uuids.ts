import { Migration } from '@mikro-orm/migrations';

/** Lists of ids hold ids, so that they are compared with ids as they are; who holds an assignment together is found by index. */
export class IdsAsUuids extends Migration {
  override up(): void {
    for (const [table, column] of columns)
      this.addSql(`alter table "${table}" alter column "${column}" type uuid[] using "${column}"::uuid[]`);
    this.addSql('create index contact_assignment_co_contactors on contact_assignment using gin (co_contactor_ids)');
    this.addSql('create index contact_assignment_liaisons on contact_assignment using gin (liaison_ids)');
  }
}

const columns = [
  ['contact_assignment', 'co_contactor_ids'],
  ['contact_assignment', 'liaison_ids'],
  ['organization_succession', 'residential_area_ids'],
] as const;
