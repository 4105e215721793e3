/*
 * Why: every question to a service passes here, whichever executor asks. It carries on whose behalf it is asked, under
 * which request id and trace; it is timed and traced; and a service that doesn't answer is told apart from one that
 * refuses, in words that say nothing of what runs where.
 */
import { isSpanContextValid, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Registry } from 'prom-client';
import { errors } from 'undici';
import { SubgraphFailure, type AskSubgraph } from '@frontline/executor';
import { durations, errorExtensions } from '@frontline/platform/process';
import { gatewayErrors } from '../errors/gateway-errors.ts';
import type { CallerTokens } from '../identity/caller-tokens.ts';
import type { Caller } from '../identity/caller.ts';
import { cacheHint, type CacheHint } from './cache-hints.ts';
import type { SubgraphPool } from './subgraph-pool.ts';

/** The way to the services. */
export interface Subgraphs {
  /** The connections to a subgraph by its name; throws for one that the settings don't know. */
  poolOf(name: string): SubgraphPool;
  tokens: CallerTokens;
  metrics: Registry;
}

/** One request to the gateway, as far as the services that it asks are concerned. */
export interface Asking {
  caller: Caller;
  /** How long the whole answer may be kept: told for each answer that went into it. */
  cachePolicy: { restrict(hint: CacheHint): void };
}

/** What GraphQL answers are sent as; anything else comes from something that stands before the service. */
const isJson = /^application\/(graphql-response\+)?json\b/;

/** The question, or its length, is what was refused (RFC 9110, 15.5), and not who asks or how often. */
const refusesQuestion = new Set([400, 413, 414, 422]);

const tracer = trace.getTracer('@frontline/gateway');

/** Asks services on behalf of callers. */
export function askSubgraphs({ poolOf, tokens, metrics }: Subgraphs): AskSubgraph<Asking> {
  const observe = durations({
    name: 'subgraph_request_seconds',
    help: 'Time until a service had answered the gateway, by outcome: answered, refused, unanswered or cancelled',
    labels: ['subgraph', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    metrics,
  });

  return async ({ subgraph, body, kind, fetches, context, signal }) => {
    const { actor, requestId, traceparent } = context.caller;
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
    const attributes = { 'frontline.subgraph': subgraph, 'frontline.fetches': fetches, 'graphql.operation.type': kind };
    const span = tracer.startSpan('subgraph request', { kind: SpanKind.CLIENT, attributes }, parent);
    const began = performance.now();
    const headers: Record<string, string> = {
      authorization: `Bearer ${await tokens.tokenFor(actor, subgraph)}`,
      'x-request-id': requestId,
      traceparent,
    };
    // Without a tracing SDK in the process there is no such span, and the caller's own trace goes on
    if (isSpanContextValid(span.spanContext())) propagation.inject(trace.setSpan(parent, span), headers);
    let outcome: 'answered' | 'refused' | 'unanswered' | 'cancelled' = 'answered';
    try {
      const { status, headers: received, body: answer } = await poolOf(subgraph).post('graphql', body, headers, signal);
      const type = String(received['content-type']);
      if (status === 200 && isJson.test(type)) {
        context.cachePolicy.restrict(cacheHint(received['cache-control']));
        return answer;
      }
      const isAnotherServer = status >= 500 || status === 200;
      outcome = isAnotherServer ? 'unanswered' : 'refused';
      if (isAnotherServer) throw unavailable(`answered ${status}, ${type}`);
      throw new SubgraphFailure(`${subgraph} refused: ${status}`, {}, { isAboutQuestion: refusesQuestion.has(status) });
    } catch (error) {
      if (error instanceof SubgraphFailure) throw error;
      outcome = signal?.aborted ? 'cancelled' : 'unanswered';
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
      throw unavailable(reason, {
        cause: error,
        isAboutQuestion: error instanceof errors.ResponseExceededMaxSizeError,
      });
    } finally {
      if (outcome === 'refused' || outcome === 'unanswered') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      observe(subgraph, outcome, (performance.now() - began) / 1000);
    }
  };
}

/** A service doesn't answer. The reason is for the log alone: it tells what runs where. */
function unavailable(reason: string, options?: { cause: unknown; isAboutQuestion: boolean }): SubgraphFailure {
  const error = gatewayErrors('service.unavailable');
  return new SubgraphFailure(error.message, { ...errorExtensions(error), reason }, options);
}
