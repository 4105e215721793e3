import type { ClientBase } from 'pg';

/** Days for which published events can be replayed from the archive. */
const ARCHIVE_DAYS = 400;

/** Creates the archive's partitions of today and tomorrow (days of UTC), and drops those that are too old. */
export async function tendArchive(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ day: string; until: string; name: string; exists: boolean }>(
    `select d::date::text as day, (d::date + 1)::text as until, 'outbox_archive_' || to_char(d, 'YYYYMMDD') as name,
            to_regclass('outbox_archive_' || to_char(d, 'YYYYMMDD')) is not null as exists
     from generate_series(timezone('UTC', now())::date, timezone('UTC', now())::date + 1, interval '1 day') as d`,
  );
  for (const { day, until, name, exists } of rows) {
    if (exists) continue;
    await client.query(
      `create table if not exists ${name} partition of outbox_archive for values from ('${day} 00:00:00+00') to ('${until} 00:00:00+00')`,
    );
  }
  const old = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'outbox_archive'::regclass and c.relname < 'outbox_archive_' || to_char(timezone('UTC', now()) - make_interval(days => $1), 'YYYYMMDD')`,
    [ARCHIVE_DAYS],
  );
  for (const { name } of old.rows) await client.query(`drop table ${name}`);
}

/** Moves published rows out of the outbox into today's partition of the archive. */
export async function archive(client: ClientBase, ids: readonly string[], epoch: number): Promise<void> {
  await client.query(
    `with moved as (delete from outbox where id = any($1::bigint[]) returning *)
     insert into outbox_archive (id, event_id, aggregate_type, aggregate_id, epoch, sequence, type, topic, payload, headers, occurred_at)
     select id, event_id, aggregate_type, aggregate_id, $2, sequence, type, topic, payload, headers, occurred_at from moved`,
    [ids, epoch],
  );
}
