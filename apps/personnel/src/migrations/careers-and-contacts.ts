import { v5 } from 'uuid';
import { Migration } from '@mikro-orm/migrations';
import { personalDataCipher } from '@frontline/platform';

/** Rows that one statement of a data migration takes. */
const CHUNK = 2_000;

/**
 * The writing side: statuses with their days (a change may lie ahead), temporary posts, absences, rotations, renewed terms;
 * names sealed at rest with a blind index. What stands in a database keeps its meaning; sealing needs the keys of the
 * service, an empty database does without.
 */
export class CareersAndContacts extends Migration {
  override async up(): Promise<void> {
    for (const statement of tables) await this.execute(statement);
    await this.#keepStatuses();
    for (const table of ['cadre', 'public_representative']) await this.#seal(table);
    for (const statement of [...after, ...rules, ...lists]) await this.execute(statement);
  }

  /** The one status that was kept becomes the last of a history; its ids are those that an import gives. */
  async #keepStatuses(): Promise<void> {
    const cadres = (await this.execute(`select id, status, status_since::text as since, recruited_on::text as recruited
      from cadre`)) as { id: string; status: string; since: string; recruited: string }[];
    const rows = cadres.flatMap(({ id, status, since, recruited }) =>
      status === 'ACTIVE' || since <= recruited
        ? [{ id, status, from: status === 'ACTIVE' && recruited < since ? recruited : since, until: null }]
        : [
            { id, status: 'ACTIVE', from: recruited, until: since },
            { id, status, from: since, until: null },
          ],
    );
    const nth = new Map<string, number>();
    const periods = rows.map((row) => {
      const at = nth.get(row.id) ?? 0;
      nth.set(row.id, at + 1);
      return { ...row, cadre: row.id, id: v5(`status:${at}`, row.id) };
    });
    for (let at = 0; at < periods.length; at += CHUNK)
      await this.execute(
        `insert into status_period (id, cadre_id, status, valid_from, valid_to)
         select r.id, r.cadre, r.status, r."from", r.until
         from json_to_recordset(?::json) as r(id uuid, cadre uuid, status text, "from" date, until date)`,
        [JSON.stringify(periods.slice(at, at + CHUNK))],
      );
  }

  async #seal(table: string): Promise<void> {
    const people = (await this.execute(`select id, name from ${table}`)) as { id: string; name: string }[];
    for (let at = 0; at < people.length; at += CHUNK) {
      const cipher = personalDataCipher();
      const sealed = people
        .slice(at, at + CHUNK)
        .map(({ id, name }) => ({ id, name: cipher.seal(name), name_index: cipher.blindIndex(name) }));
      await this.execute(
        `update ${table} t set name = r.name, name_index = r.name_index
         from json_to_recordset(?::json) as r(id uuid, name text, name_index text) where r.id = t.id`,
        [JSON.stringify(sealed)],
      );
    }
  }
}

const tables = [
  `create table "status_period" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "status" text not null,
      "reason" text null,
      primary key ("id")
    )`,
  `create table "absence" (
      "id" uuid not null,
      "valid_from" date not null,
      "valid_to" date null,
      "cadre_id" uuid not null,
      "kind" text not null,
      "substitute_id" uuid null,
      primary key ("id")
    )`,
  `create index "absence_cadre_id_index" on "absence" ("cadre_id")`,
  `create index "absence_substitute_id_index" on "absence" ("substitute_id")`,
  `create table "rotation" (
      "id" uuid not null,
      "version" int not null default 1,
      "event_sequence" bigint not null default '0',
      "cadre_id" uuid not null,
      "organization_id" uuid not null,
      "state" text not null,
      "planned_from" date not null,
      "planned_until" date not null,
      "begun_on" date null,
      "ended_on" date null,
      "cancel_reason" text null,
      primary key ("id")
    )`,
  'alter table "post" add column "temporary" boolean not null default false',
  'drop index cadre_name',
  'drop index public_representative_name_index',
  'alter table "cadre" alter column "name" type text, add column "name_index" text null',
  `alter table "public_representative" alter column "name" type text, add column "name_index" text null,
    add column "previous_id" uuid null, add column "end_reason" text null`,
];

const after = [
  'alter table "cadre" alter column "name_index" set not null, drop column "status", drop column "status_since"',
  'alter table "public_representative" alter column "name_index" set not null',
  'create index "public_representative_name_index_index" on "public_representative" ("name_index")',
  'alter table "public_representative" add constraint "public_representative_previous_id_unique" unique ("previous_id")',
];

/** One thing at a time. Deferred, since a change ends one period and begins another in one transaction, in any order. */
const rules = [
  'alter table rank_period drop constraint rank_period_one_at_a_time',
  `alter table rank_period add constraint rank_period_one_at_a_time
    exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  'alter table grassroots_experience drop constraint experience_does_not_overlap',
  `alter table grassroots_experience add constraint experience_does_not_overlap
    exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  `alter table status_period add constraint status_period_one_at_a_time
    exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
  `alter table absence add constraint absence_one_at_a_time
    exclude using gist (cadre_id with =, daterange(valid_from, valid_to) with &&) deferrable initially deferred`,
];

/** What the graph's lists are narrowed and ordered by. */
const lists = [
  'create index cadre_name_index on cadre (name_index)',
  'create index cadre_newest on cadre (recruited_on desc, staff_number, id)',
  'create index status_period_of_cadre on status_period (cadre_id, valid_from)',
  'create index rank_period_of_cadre on rank_period (cadre_id, valid_from)',
  'create index status_period_status on status_period (status, valid_from, cadre_id)',
  'create index post_of_organization on post (organization_id, valid_from, valid_to, cadre_id)',
  'create index membership_kind on membership (cadre_id, kind, valid_from)',
  'create index absence_days on absence (valid_from, valid_to)',
  'create index rotation_newest on rotation (planned_from desc, id)',
  'create index rotation_of_cadre on rotation (cadre_id, planned_from desc, id)',
  'create index rotation_at_organization on rotation (organization_id, planned_from desc, id)',
  'create index public_representative_newest on public_representative (term_from desc, id)',
  `create index local_copy_contactor on local_copy using gin ((data -> 'contactorIds')) where aggregate_type = 'contactAssignment'`,
];
