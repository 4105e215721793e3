import { cadreRecord } from '@frontline/events';
import { copyOf, sql, transaction, type Ctx, type OpenAnswer, type OpenPath } from '@frontline/platform';
import { calendarDocument } from './calendar-document.ts';
import { SECRET, hashOf } from './calendar-feed.commands.ts';
import { CalendarFeed } from './calendar-feed.entity.ts';
import { entriesOf, firstDayOf } from './calendar-feed.queries.ts';
import { revise, type RevisedEntry } from './entry-revisions.ts';
import { ReadingRate } from './reading-rate.ts';

/** Programs look every hour or so, some every few minutes; more than that is no calendar program. */
const LIMIT = { reads: 60, everySeconds: 3_600 };

/** Guesses of secrets, by everybody together; nobody finds one, but each costs a look-up. */
const GUESSES = { reads: 600, everySeconds: 60 };

/**
 * The address of a feed. A secret that was never given out, one that was revoked, and one of a cadre who has left are
 * answered alike. Reading is bounded for each feed and for guesses, in each process.
 */
export function calendarFeedPath(): OpenPath {
  const rates = { known: new ReadingRate(LIMIT), guessed: new ReadingRate(GUESSES) };
  return { url: '/calendar/:file', read: (ctx, { file = '' }) => read(ctx, file, rates) };
}

async function read(
  ctx: Ctx,
  file: string,
  { known, guessed }: { known: ReadingRate; guessed: ReadingRate },
): Promise<OpenAnswer> {
  const [secret = '', ending, ...more] = file.split('.');
  if (ending !== 'ics' || more.length > 0 || !SECRET.test(secret)) return 'NOTHING';
  // bounds measure real time, whatever day the district has
  const tokenHash = hashOf(secret);
  const feed = await ctx.em.fork().findOne(CalendarFeed, { tokenHash, revokedAt: null });
  if (!feed || (await hasLeft(ctx, feed.cadreId))) {
    const wait = guessed.read('guesses', Date.now());
    return wait === undefined ? 'NOTHING' : { comeBackAfterSeconds: wait };
  }
  const wait = known.read(feed.id, Date.now());
  if (wait !== undefined) return { comeBackAfterSeconds: wait };
  const entries = await transaction(ctx, (tx) => reviseFeed(tx, feed), true);
  return { type: 'text/calendar; charset=utf-8', text: calendarDocument(entries, feed.writtenIn) };
}

/** A cadre who has left the district's service reads nothing any more; one who has retired may still receive people. */
async function hasLeft(ctx: Ctx, cadreId: string): Promise<boolean> {
  const today = ctx.today();
  const record = await copyOf(ctx, cadreRecord, cadreId);
  const status = record?.statuses?.find(({ from, until }) => from <= today && (!until || today < until))?.status;
  return (status ?? record?.status) === 'DEPARTED';
}

/**
 * What the feed shows now; it remembers it, so that the next reading can tell what has changed. That is a note of what was
 * read and no decision of the feed's: its version stays, and nobody is told.
 */
async function reviseFeed(tx: Ctx, { id: feedId, ...feed }: CalendarFeed): Promise<readonly RevisedEntry[]> {
  const db = tx.em.getKysely();
  const today = tx.today();
  // one reading of a feed at a time: two would number the same change twice
  await sql`update calendar_feed set last_read_on = ${today}::date where id = ${feedId}`.execute(db);
  const { rows } = await sql<{ entry: RevisedEntry['entry']; sequence: number; changed_at: string }>`
    select entry, sequence, changed_at from calendar_feed_item where feed_id = ${feedId} order by uid`.execute(db);
  const before = rows.map(({ entry, sequence, changed_at: at }) => ({ entry, sequence, changedAt: new Date(at) }));
  const entries = await entriesOf(tx, Object.assign(new CalendarFeed(), feed));
  const { shown, changed, forgotten } = revise(before, entries, { now: tx.now(), since: firstDayOf(today) });
  await sql`
    insert into calendar_feed_item (id, feed_id, uid, entry, sequence, changed_at)
    select gen_random_uuid(), ${feedId}, r.entry ->> 'uid', r.entry, r.sequence, r.changed_at
    from unnest(${changed.map(({ entry }) => JSON.stringify(entry))}::jsonb[], ${changed.map(({ sequence }) => sequence)}::int[],
      ${changed.map(({ changedAt }) => changedAt.toISOString())}::timestamptz[]) as r(entry, sequence, changed_at)
    on conflict (feed_id, uid) do update
      set entry = excluded.entry, sequence = excluded.sequence, changed_at = excluded.changed_at`.execute(db);
  await sql`delete from calendar_feed_item where feed_id = ${feedId} and uid = any(${[...forgotten]}::text[])`.execute(
    db,
  );
  return shown;
}
