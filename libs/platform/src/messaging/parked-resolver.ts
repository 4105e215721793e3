import {
  Arg,
  Args,
  ArgsType,
  Ctx as Context,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { v7 } from 'uuid';
import { roles } from '@frontline/access';
import { Access, SAME_AS_PARENT } from '../access-rules.ts';
import { connectionOf, decodeCursor, encodeCursor, once, PageArgs, pageSize, type Connection } from '../connection.ts';
import type { Ctx } from '../context.ts';
import { domainEnum } from '../domain-enum.ts';
import { platformErrors } from '../errors.ts';
import { onceForKey } from '../idempotency.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import { Instant } from '../scalars.ts';
import { DeadLetters } from './dead-letters.ts';
import { causedBy } from './effect.ts';
import { decide, REASON_MAX, type Decision } from './parked-decisions.ts';
import { ParkedEvents } from './parked-events.ts';
import { countWaiting, waitingAggregate, waitingAggregates, type WaitingAggregate } from './parked-list.ts';
import type { Key } from './parked-table.ts';

/** Events that one decision resumes before it answers; what is left goes on in the background. */
const RESUMED_AT_ONCE = 200;

const ParkedReason = domainEnum('ParkedReason', '滞留原因', 'Why an event waits.', {
  FAILED: { zh: '处理失败', en: 'Failed', description: 'its handling failed; decide on it' },
  KILLED: { zh: '进程中断', en: 'Killed', description: 'processes ended while they handled it; decide on it' },
  INVALID: { zh: '格式错误', en: 'Invalid', description: 'it breaks its contract; decide on it' },
  GAP: { zh: '缺少前序', en: 'Gap', description: 'an event before it has not come; it goes on when that one does' },
  WAITING: { zh: '等待前序', en: 'Waiting', description: 'it waits for the one before it' },
});
type ParkedReason = keyof typeof ParkedReason;

@ObjectType({
  description: '滞留事件 · An event that a consumer could not apply yet. Payload and error text stay in the service.',
})
@Directive('@shareable')
@Access(SAME_AS_PARENT)
class ParkedEvent {
  @Field(() => ID, { description: '事件标识 · Id of the event (ce_id).' })
  eventId!: string;

  @Field({ description: '事件类型 · Type, such as activity.recorded.' })
  type!: string;

  @Field(() => Int, { description: '纪元 · Epoch of its sequence.' })
  epoch!: number;

  @Field(() => Int, { description: '序号 · Its place in its aggregate’s history; 0 when it has none.' })
  sequence!: number;

  @Field(() => ParkedReason, { description: '原因 · Why it waits.' })
  reason!: ParkedReason;

  @Field(() => String, { nullable: true, description: '错误 · Kind and code of the error, without its text.' })
  fault?: string | null;

  @Field(() => Int, { description: '尝试次数 · Attempts that were begun.' })
  attempts!: number;

  @Field(() => Instant, { description: '滞留时间 · Since when it waits, in real time.' })
  parkedAt!: Date;
}

@ObjectType({
  description:
    '滞留对象 · An aggregate whose events wait for a consumer, one after the other; all other aggregates go on.',
})
@Directive('@shareable')
@Access(SAME_AS_PARENT)
class ParkedAggregate implements Key {
  @Field({ description: '消费者 · The consumer that they wait for.' })
  consumer!: string;

  @Field({ description: '对象类型 · Type of the aggregate, such as activity.' })
  aggregateType!: string;

  @Field({ description: '对象标识 · Its id; for a message that is no event, its key.' })
  aggregateId!: string;

  @Field(() => Int, { description: '等待数量 · How many of its events wait; 0 after the last has gone.' })
  waiting!: number;

  @Field(() => [ParkedEvent], {
    description: '事件 · The first 20 of them, in their order; the first one is what the others wait for.',
  })
  events!: ParkedEvent[];
}

const ParkedAggregateConnection = connectionOf(ParkedAggregate, 'ParkedAggregate', '滞留对象', { shared: true });

@InputType({ description: '处理滞留 · A decision on an aggregate whose events wait.' })
class ParkedAggregateInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field({ description: '消费者 · The consumer.' })
  consumer!: string;

  @Field({ description: '对象类型 · Type of the aggregate.' })
  aggregateType!: string;

  @Field({ description: '对象标识 · Its id, as listed.' })
  aggregateId!: string;

  @Field({
    description: '理由 · Why you decide so, 3 to 500 characters without personal data; kept in the audit trail.',
  })
  reason!: string;
}

@InputType({ description: '跳过滞留事件 · The decision to skip the event that waits first.' })
class SkipParkedEventInput extends ParkedAggregateInput {
  @Field(() => ID, {
    description: '事件 · The event you saw as the first one; if another is first by now, nothing is skipped.',
  })
  eventId!: string;
}

@ArgsType()
class ParkedArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: '消费者 · Only what waits for this consumer.' })
  consumer?: string | null;
}

/**
 * Resolver classes through which operators see and decide on what waits in this service: `<service>ParkedAggregates` and
 * three mutations. The types are the same in every service, so each field carries the service's name. A service without
 * consumers has none of it.
 */
export function parkedResolvers({
  name: service,
  consumers = [],
}: Pick<Manifest, 'name' | 'consumers'>): (abstract new (...args: never[]) => object)[] {
  if (consumers.length === 0) return [];
  const Service = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;

  @Resolver()
  class ParkedResolver {
    @Query(() => ParkedAggregateConnection, {
      nullable: true,
      name: `${service}ParkedAggregates`,
      description: `滞留对象 · Aggregates whose events wait in ${service}, by consumer, type and id.`,
    })
    @Access(roles('ADMIN'))
    list(@Context() ctx: Ctx, @Args(() => ParkedArgs) args: ParkedArgs): Promise<Connection<ParkedAggregate>> {
      return listed(ctx, args);
    }

    @Mutation(() => ParkedAggregate, {
      name: `retry${Service}ParkedAggregate`,
      description: `重试 · Tries the first waiting event of an aggregate in ${service} again, and those behind it.`,
    })
    @Access(roles('ADMIN'))
    retry(
      @Context() ctx: Ctx,
      @Arg('input', () => ParkedAggregateInput, { description: '内容 · Which aggregate, and why.' })
      input: ParkedAggregateInput,
    ): Promise<ParkedAggregate> {
      return decided(ctx, consumers, input, { kind: 'retry', reason: input.reason });
    }

    @Mutation(() => ParkedAggregate, {
      name: `skip${Service}ParkedEvent`,
      description: `跳过 · Gives up the first waiting event of an aggregate in ${service} (if it waits for missing ones: those), and goes on behind it.`,
    })
    @Access(roles('ADMIN'))
    skip(
      @Context() ctx: Ctx,
      @Arg('input', () => SkipParkedEventInput, { description: '内容 · Which event, and why.' })
      input: SkipParkedEventInput,
    ): Promise<ParkedAggregate> {
      return decided(ctx, consumers, input, { kind: 'skip', reason: input.reason, eventId: input.eventId });
    }

    @Mutation(() => ParkedAggregate, {
      name: `discard${Service}ParkedAggregate`,
      description: `放弃 · Gives up every waiting event of an aggregate in ${service}; later events are applied again.`,
    })
    @Access(roles('ADMIN'))
    discard(
      @Context() ctx: Ctx,
      @Arg('input', () => ParkedAggregateInput, { description: '内容 · Which aggregate, and why.' })
      input: ParkedAggregateInput,
    ): Promise<ParkedAggregate> {
      return decided(ctx, consumers, input, { kind: 'discard', reason: input.reason });
    }
  }
  return [ParkedResolver];
}

const order = [
  ['consumer', 'asc'],
  ['aggregate_type', 'asc'],
] as const;

async function listed(ctx: Ctx, { consumer, ...page }: ParkedArgs): Promise<Connection<ParkedAggregate>> {
  const first = pageSize(page);
  const only = consumer ?? undefined;
  const seen = typeof page.after === 'string' ? decodeCursor('ParkedAggregate', order, page.after) : undefined;
  const found = await waitingAggregates(ctx.em, {
    ...(only !== undefined && { consumer: only }),
    after: seen && { consumer: seen[0] as string, aggregateType: seen[1] as string, aggregateId: seen[2] as string },
    limit: first + 1,
  });
  const edges = found.slice(0, first).map((each) => ({
    node: shown(each),
    cursor: encodeCursor('ParkedAggregate', order, [each.consumer, each.aggregateType, each.aggregateId]),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: Boolean(page.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: once(() => countWaiting(ctx.em, only)),
  };
}

function shown({ events, ...aggregate }: WaitingAggregate): ParkedAggregate {
  return {
    ...aggregate,
    events: events.map((event) => ({ ...event, reason: event.reason.toUpperCase() as ParkedReason })),
  };
}

/** Decides once for the idempotency key, then lets go on what is free to; answers how the aggregate stands after that. */
async function decided(
  ctx: Ctx,
  consumers: readonly Consumer[],
  input: ParkedAggregateInput,
  decision: Decision,
): Promise<ParkedAggregate> {
  const consumer = consumers.find(({ name }) => name === input.consumer);
  if (!consumer) throw invalid('consumer', `must be one of ${consumers.map(({ name }) => name).join(', ')}`);
  const { length } = decision.reason.trim();
  if (length < 3 || length > REASON_MAX) throw invalid('reason', `must be 3 to ${REASON_MAX} characters`);
  const { aggregateType, aggregateId } = input;
  const key = { consumer: consumer.name, aggregateType, aggregateId };
  await onceForKey(
    ctx,
    `parkedEvents.${decision.kind}`,
    input,
    async (tx) => {
      await decide(tx, key, decision);
      return { id: v7() };
    },
    async (_, id) => ({ id }),
  );
  await parkedEventsFor(ctx, consumer).resume(key, RESUMED_AT_ONCE);
  return shown(await waitingAggregate(ctx.em.fork(), key));
}

function invalid(field: string, rule: string) {
  return platformErrors('input.invalid', { rule }, { field: `input.${field}` });
}

/** What waits for a consumer, for an operator's request: a new parking is announced by the consumers themselves. */
export function parkedEventsFor(ctx: Ctx, consumer: Consumer): ParkedEvents {
  const { log, service } = ctx;
  return new ParkedEvents({
    consumer,
    contextOf: (arrival) => causedBy(arrival, ctx),
    db: () => ctx.em.fork(),
    deadLetters: new DeadLetters({ consumer: consumer.name, service, broker: undefined, log }),
    log,
  });
}
