import { Migration } from '@mikro-orm/migrations';

/**
 * The tables that every service's database starts with: events on their way out, events that came in, copies of other
 * services' facts, idempotency keys and the audit trail. They belong to the platform and are no entities, so that no
 * unit of work can touch them.
 */
export class PlatformTables extends Migration {
  override up(): void {
    for (const statement of [...events, ...deliveries, ...records]) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop function outbox_wakes_relay() cascade');
    for (const table of tables) this.addSql(`drop table "${table}"`);
  }
}

const tables = [
  'outbox',
  'outbox_archive',
  'inbox',
  'position',
  'delivery_attempt',
  'parked_event',
  'local_copy',
  'platform_setting',
  'idempotency_key',
  'audit_entry',
];

/**
 * `cache 1` is a condition of the relay's order: with a larger cache one session's later insert could take a smaller
 * id. `occurred_at` is the district's clock, `recorded_at` real time. The trigger wakes the relay, so that no writer can forget it. `refusal` is set by the relay alone: why the broker
 * will never take this row, which blocks this aggregate and no other.
 */
const events = [
  `create table outbox (
    id bigint generated always as identity (cache 1) primary key,
    event_id uuid not null unique,
    aggregate_type text not null,
    aggregate_id uuid not null,
    sequence bigint not null check (sequence > 0),
    type text not null,
    topic text not null,
    payload jsonb not null,
    headers jsonb not null default '{}',
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    refusal text,
    unique (aggregate_type, aggregate_id, sequence)
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  `create index outbox_refused on outbox (aggregate_type, aggregate_id) where refusal is not null`,
  `create function outbox_wakes_relay() returns trigger language plpgsql as $$
    begin perform pg_notify('outbox', ''); return null; end $$`,
  `create trigger outbox_wakes_relay after insert on outbox for each statement execute function outbox_wakes_relay()`,
  `create table outbox_archive (
    id bigint not null,
    event_id uuid not null,
    aggregate_type text not null,
    aggregate_id uuid not null,
    epoch integer not null,
    sequence bigint not null,
    type text not null,
    topic text not null,
    payload jsonb not null,
    headers jsonb not null,
    occurred_at timestamptz not null,
    published_at timestamptz not null default now(),
    primary key (published_at, id)
  ) partition by range (published_at)`,
  `create index outbox_archive_aggregate on outbox_archive (aggregate_type, aggregate_id, sequence)`,
  `create index outbox_archive_type on outbox_archive (type, occurred_at)`,
];

/**
 * What a consumer has done: which events (`inbox`), how far in each aggregate (`position`), which attempts never came
 * back (`delivery_attempt`: a handler that kills the process leaves started > finished), and which aggregates wait
 * (`parked_event`, raw as they came, so that a retry parses them again with newer code).
 */
const deliveries = [
  `create table inbox (
    consumer text not null,
    event_id uuid not null,
    received_at timestamptz not null default now(),
    primary key (consumer, event_id)
  )`,
  `create index inbox_received on inbox using brin (received_at)`,
  `create table "position" (
    consumer text not null,
    aggregate_type text not null,
    aggregate_id uuid not null,
    epoch integer not null,
    sequence bigint not null,
    primary key (consumer, aggregate_type, aggregate_id)
  ) with (fillfactor = 80)`,
  `create table delivery_attempt (
    consumer text not null,
    event_id uuid not null,
    started integer not null,
    finished integer not null,
    started_at timestamptz not null default now(),
    primary key (consumer, event_id)
  )`,
  `create table parked_event (
    id uuid primary key,
    consumer text not null,
    event_id uuid not null,
    aggregate_type text not null,
    aggregate_id text not null,
    epoch integer not null,
    sequence bigint not null,
    type text not null,
    topic text not null,
    message jsonb not null,
    reason text not null check (reason in ('failed', 'killed', 'invalid', 'gap', 'waiting')),
    error text,
    started integer not null default 0,
    finished integer not null default 0,
    parked_at timestamptz not null default now(),
    unique (consumer, event_id)
  )`,
  `create index parked_event_key on parked_event (consumer, aggregate_type, aggregate_id, epoch, sequence)`,
];

const records = [
  `create table local_copy (
    aggregate_type text not null,
    id uuid not null,
    epoch integer not null,
    sequence bigint not null,
    data jsonb not null,
    primary key (aggregate_type, id)
  )`,
  `create index local_copy_data on local_copy using gin (data jsonb_path_ops)`,
  `create index local_copy_path on local_copy using gin ((data -> 'path'))`,
  `create table platform_setting (key text primary key, value jsonb not null)`,
  `create table idempotency_key (
    actor text not null,
    key text not null,
    operation text not null,
    input_hash text not null,
    result_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (actor, key)
  )`,
  `create index idempotency_key_created on idempotency_key using brin (created_at)`,
  `create table audit_entry (
    id uuid primary key,
    at timestamptz not null,
    actor jsonb not null,
    action text not null,
    aggregate_type text not null,
    aggregate_id uuid,
    reason text,
    request_id text
  )`,
  `create index audit_entry_subject on audit_entry (aggregate_type, aggregate_id, at)`,
];
