import { Migration } from '@mikro-orm/migrations';

/** Who goes on for organizations that were taken over. */
export class OrganizationHeirs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "organization_heir" (
      "organization_id" uuid not null,
      "heir_id" uuid not null,
      "since" date not null,
      primary key ("organization_id")
    )`,
];
