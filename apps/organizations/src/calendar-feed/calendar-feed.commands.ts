import { createHash, randomBytes } from 'node:crypto';
import { audit, changeAll, idempotently, type Ctx } from '@frontline/platform';
import { ownCadreId } from '../activity/activity.commands.ts';
import { CalendarFeed } from './calendar-feed.entity.ts';
import { calendarFeedErrors } from './calendar-feed.errors.ts';
import type { CreateCalendarFeedInput, RevokeCalendarFeedInput } from './calendar-feed.inputs.ts';

/** Feeds that one cadre can have at a time. */
const MOST_FEEDS = 5;

/** Most characters of a label. */
const MAX_LABEL = 60;

/** What a secret looks like: 32 random bytes, so that nobody finds one by trying. */
export const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** How a secret is kept: it is random and long, so a plain digest gives nothing away. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/**
 * Makes a feed of the caller's own duties and receptions. The secret of its address is given back this once and not kept;
 * the same input again gives the feed without it.
 */
export async function createCalendarFeed(
  ctx: Ctx,
  input: CreateCalendarFeedInput,
): Promise<{ feed: CalendarFeed; secret: string | undefined }> {
  const label = input.label.trim();
  if (label.length === 0 || [...label].length > MAX_LABEL)
    throw calendarFeedErrors('calendarFeed.label', { max: MAX_LABEL }, { field: 'input.label' });
  const cadreId = ownCadreId(ctx);
  if (!cadreId) throw calendarFeedErrors('calendarFeed.noCadre');
  let secret: string | undefined;
  const feed = await idempotently(ctx, 'createCalendarFeed', CalendarFeed, input, (tx) =>
    changeAll(tx, async (unit) => {
      const held = await unit.loadAll(CalendarFeed, { cadreId, revokedAt: null });
      if (held.length >= MOST_FEEDS) throw calendarFeedErrors('calendarFeed.tooMany', { max: MOST_FEEDS });
      secret = randomBytes(32).toString('base64url');
      const fields = { cadreId, label, language: input.language, tokenHash: hashOf(secret), createdAt: unit.ctx.now() };
      const made = unit.add(Object.assign(new CalendarFeed(), fields));
      await audit(unit.ctx, { action: 'calendarFeed.created', aggregateType: 'CalendarFeed', aggregateIds: [made.id] });
      return made;
    }),
  );
  return { feed, secret };
}

/** Makes a feed's address lead nowhere, from the next reading on; revoked again it stays as it is. */
export function revokeCalendarFeed(ctx: Ctx, input: RevokeCalendarFeedInput): Promise<CalendarFeed> {
  return idempotently(ctx, 'revokeCalendarFeed', CalendarFeed, input, (tx) =>
    changeAll(tx, async (unit) => {
      const feed = await unit.load(CalendarFeed, input.feedId, { field: 'input.feedId' });
      if (feed.revokedAt) return feed;
      feed.revokedAt = unit.ctx.now();
      await audit(unit.ctx, { action: 'calendarFeed.revoked', aggregateType: 'CalendarFeed', aggregateIds: [feed.id] });
      return feed;
    }),
  );
}
