import type { EntityManager } from '@mikro-orm/postgresql';
import { MalformedEvent } from '@frontline/events';
import { within, type Ctx } from '../context.ts';
import type { Consumer } from '../manifest.ts';
import { eventOf, type Arrival } from './arrival.ts';
import { claim, type Claim } from './position.ts';

/** Makes the context of one attempt: actor `system`, caused by this event, with a unit of work of its own. */
export type ContextOf = (arrival: Arrival) => Ctx;

/** Handlers act as the system; what they change carries the request that began it all, and the event that caused it. */
export function causedBy({ place, message: { headers } }: Arrival, ctx: Ctx): Ctx {
  const { traceparent: _, ...rest } = ctx;
  const traceparent = headers['ce_traceparent'];
  return {
    ...rest,
    em: ctx.em.fork(),
    actor: { kind: 'system', service: ctx.service },
    requestId: headers['ce_correlationid'] ?? place.eventId,
    causationId: place.eventId,
    ...(traceparent && { traceparent }),
    loaders: new Map(),
  };
}

/** Leaves the transaction without an effect. */
class Unclaimed extends Error {
  constructor(readonly claim: Claim) {
    super('not the next event of its aggregate');
  }
}

/**
 * Gives an event its effect, exactly once: claim, handler and whatever `first` does share one transaction. For any
 * verdict but `apply` nothing of it remains. Throws what the handler throws.
 */
export async function giveEffect(
  consumer: Consumer,
  contextOf: ContextOf,
  arrival: Arrival,
  first: (em: EntityManager) => Promise<void> = async () => undefined,
): Promise<Claim> {
  const event = eventOf(arrival, consumer.events);
  const ctx = contextOf(arrival);
  try {
    return await ctx.em.fork().transactional(async (em) => {
      const tx = within(ctx, em as EntityManager);
      await first(tx.em);
      const claimed = await claim(tx.em, consumer.name, arrival.place);
      if (claimed.verdict !== 'apply') throw new Unclaimed(claimed);
      if (event) {
        await consumer.handle(tx, {
          id: event.id,
          type: event.type,
          aggregateId: event.subject,
          sequence: event.sequence,
          occurredAt: new Date(event.time),
          data: event.data,
        });
      }
      return claimed;
    });
  } catch (error) {
    if (error instanceof Unclaimed) return error.claim;
    throw error;
  }
}

/** Whether an error says that the message itself is wrong, whoever reads it. */
export function isMalformed(error: unknown): boolean {
  return error instanceof MalformedEvent;
}
