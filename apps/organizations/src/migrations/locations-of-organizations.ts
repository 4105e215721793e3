import { Migration } from '@mikro-orm/migrations';

/** Centres and outlines hold for a time, like names: the map of 2018 stays when an organization gives a part away. */
export class LocationsOfOrganizations extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "organization_location" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "organization_id" uuid not null,
      "longitude" double precision null,
      "latitude" double precision null,
      "outline" jsonb null,
      primary key ("id")
    )`,
  `create index "organization_location_organization_id_index" on "organization_location" ("organization_id")`,
  `alter table organization_location add constraint one_location_at_a_time
    exclude using gist (organization_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  `insert into organization_location (id, valid_from, valid_to, organization_id, longitude, latitude, outline)
    select gen_random_uuid(), valid_from, valid_to, id, longitude, latitude, outline from organization
    where longitude is not null and latitude is not null or outline is not null`,
  // what an import brought is replaced when it is brought again
  `insert into imported_row (table_name, id, digest)
    select 'organization_location', l.id, '' from organization_location l
    join imported_row i on i.table_name = 'organization' and i.id = l.organization_id`,
  'alter table organization drop column longitude, drop column latitude, drop column outline',
];
