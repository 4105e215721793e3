import { sql } from 'kysely';
import { audit } from '../audit.ts';
import { within, type Ctx } from '../context.ts';
import { defineErrors } from '../errors.ts';
import { isId } from '../rows.ts';
import { arrivalOf } from './arrival.ts';
import { lockKey, messageOf, reopenParked, removeParked, waitingOf, type Key, type ParkedRow } from './parked-table.ts';
import { passOver } from './position.ts';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * What an operator decides on an aggregate that waits: `retry` its first event · `skip` that one (if it waits for missing
 * ones: those) · `discard` every event that waits.
 */
export type Decision =
  | { kind: 'retry' | 'discard'; reason: string }
  /** `eventId` is the event that the operator saw as the first, so that a second click skips nothing more. */
  | { kind: 'skip'; reason: string; eventId: string };

export const parkedErrors = defineErrors({
  'parkedEvent.none': {
    kind: 'notFound',
    en: 'No event of {aggregateType} {aggregateId} waits for the consumer {consumer}.',
    zh: '消费者 {consumer} 没有等待处理的 {aggregateType} {aggregateId} 事件。',
  },
  'parkedEvent.notFirst': {
    kind: 'conflict',
    en: '{field}: only the event that waits first can be skipped, and that is {first}.',
    zh: '{field}：只能跳过排在最前的事件，即 {first}。',
  },
});

/** Longest reason, in characters. */
export const REASON_MAX = 500;

/**
 * Takes a decision inside the open transaction, together with its audit entry. What is free to go on afterwards goes on
 * when the aggregate is resumed, now or by the next round in the background. Throws `parkedEvent.none`,
 * `parkedEvent.notFirst`.
 */
export async function decide(tx: Ctx, key: Key, decision: Decision): Promise<void> {
  const { em } = tx;
  await lockKey(em, key);
  const waiting = await waitingOf(em, key, decision.kind === 'discard' ? undefined : 1);
  const head = waiting[0];
  if (!head) throw parkedErrors('parkedEvent.none', { ...key });
  if (decision.kind === 'skip' && decision.eventId.toLowerCase() !== head.event_id)
    throw parkedErrors('parkedEvent.notFirst', { first: head.event_id }, { field: 'input.eventId' });
  await audit(tx, {
    action: `parkedEvents.${decision.kind}`,
    aggregateType: key.aggregateType,
    aggregateIds: isId(key.aggregateId) ? [key.aggregateId] : [],
    reason: `${decision.reason} (${key.consumer}, ${key.aggregateId}, from sequence ${head.sequence}, ${waiting.length} events)`,
  });
  if (decision.kind === 'retry') await reopenParked(em, head.id);
  else if (decision.kind === 'skip') await skip(em, key, head);
  else for (const row of waiting) await giveUp(em, key, row);
}

/** Takes a decision in a transaction of its own. */
export function decideNow(ctx: Ctx, key: Key, decision: Decision): Promise<void> {
  return ctx.em.fork().transactional((em) => decide(within(ctx, em as EntityManager), key, decision));
}

async function skip(em: EntityManager, key: Key, head: ParkedRow): Promise<void> {
  const { place, malformed } = arrivalOf(messageOf(head));
  if (head.reason === 'gap' && !malformed) await passOver(em, key.consumer, { ...place, sequence: place.sequence - 1 });
  else await giveUp(em, key, head);
}

/** An event given up counts as done, so that a rewound topic does not bring it back. */
async function giveUp(em: EntityManager, { consumer }: Key, row: ParkedRow): Promise<void> {
  const { place, malformed } = arrivalOf(messageOf(row));
  await removeParked(em, row.id);
  await sql`insert into inbox (consumer, event_id) values (${consumer}, ${place.eventId}) on conflict do nothing`.execute(
    em.getKysely(),
  );
  if (!malformed) await passOver(em, consumer, place);
}
