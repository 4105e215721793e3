import { Migration } from '@mikro-orm/migrations';

/** Addresses from which calendar programs read, and what each last showed. */
export class CalendarFeeds extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "calendar_feed" (
    "id" uuid not null,
    "version" int not null default 1,
    "event_sequence" bigint not null default '0',
    "cadre_id" uuid not null,
    "token_hash" text not null,
    "label" text not null,
    "language" text not null,
    "created_at" timestamptz not null,
    "last_read_on" date null,
    "revoked_at" timestamptz null,
    primary key ("id")
  )`,
  'create index "calendar_feed_cadre_id_index" on "calendar_feed" ("cadre_id")',
  'alter table "calendar_feed" add constraint "calendar_feed_token_hash_unique" unique ("token_hash")',
  `create table "calendar_feed_item" (
    "id" uuid not null,
    "feed_id" uuid not null,
    "uid" text not null,
    "entry" jsonb not null,
    "sequence" int not null,
    "changed_at" timestamptz not null,
    primary key ("id")
  )`,
  'create unique index calendar_feed_item_of_feed on calendar_feed_item (feed_id, uid)',
];
