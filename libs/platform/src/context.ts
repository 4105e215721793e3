import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@frontline/access';
import type { Logger } from 'pino';
import type { DistrictClock } from './district-clock.ts';
import { dayOf } from './district-clock.ts';

/** Everything a request or a message brings with it; the only dependency that travels. */
export interface Ctx {
  /** Unit of work of this request; transaction-bound inside a write. */
  readonly em: EntityManager;
  readonly actor: Actor;
  /** The district's now (not real time). */
  now(): Date;
  /** The district's calendar day, YYYY-MM-DD in Asia/Shanghai. */
  today(): string;
  readonly requestId: string;
  /** W3C trace context of the caller, if any. */
  readonly traceparent?: string;
  /** Id of the event that caused this, if a message did. */
  readonly causationId?: string;
  readonly log: Logger;
  /** Name of this service. */
  readonly service: string;
  /** Loaders of this request, by what they load; filled by the readers. */
  readonly loaders: Map<string, unknown>;
}

/** What {@link createContext} needs from whoever opened the door. */
export interface ContextSource {
  em: EntityManager;
  actor: Actor;
  clock: DistrictClock;
  requestId: string;
  traceparent?: string;
  causationId?: string;
  log: Logger;
  service: string;
}

/** Makes the context of one request or message, with a fresh fork of the entity manager. */
export function createContext(source: ContextSource): Ctx {
  const { clock, em, ...rest } = source;
  return {
    ...rest,
    em: em.fork(),
    now: () => clock.now(),
    today: () => dayOf(clock.now()),
    loaders: new Map(),
  };
}

/** The same request inside another unit of work (a transaction, or a retry): nothing read before is trusted again. */
export function within(ctx: Ctx, em: EntityManager): Ctx {
  return { ...ctx, em, loaders: new Map() };
}
