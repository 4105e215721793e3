import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { errorExtensions, type DomainError } from '@frontline/platform/process';
import { gatewayErrors } from './gateway-errors.ts';
import { queryErrors, queryFault, withoutValues } from './query-faults.ts';

/** A stable code: of a service's domain, of the platform or of the gateway. */
const stableCode = /^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$/;

/** What may leave the platform beside a code. Everything else (service names, addresses, stacks) stays inside. */
const shown = ['code', 'kind', 'field', 'messages', 'details'];

/** Words of Apollo Server for requests that aren't GraphQL at all; they name the rule. */
const requestFaults = new Set(['BAD_REQUEST']);

/** Answers of Apollo's persisted queries, which its clients act upon by these very codes and sentences. */
const persistedQueries = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** Codes under which graphql-js's own findings arrive, here and from services. */
const queryFaults = new Set(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE']);

/** What one answer needs to know to show its errors. */
export interface AnswerContext {
  requestId: string;
  maxTokens: number;
  log: Logger;
}

/**
 * The one place where errors become what clients see. Expected failures, of services too, keep code, field and both
 * sentences; faults of the query get a code of their own; everything else is logged and masked.
 */
export function answeredError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { requestId, maxTokens, log }: AnswerContext,
): GraphQLFormattedError {
  const position = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  const extensions = ownExtensions(error) ?? formatted.extensions ?? {};
  const code = String(extensions['code'] ?? '');
  const ours = (expected: DomainError) => ({
    message: expected.message,
    ...position,
    extensions: errorExtensions(expected),
  });
  /** A sentence that was somebody else's already says its details. */
  const quoting = (expected: DomainError) => {
    const { details: _details, ...rest } = errorExtensions(expected);
    return { message: expected.message, ...position, extensions: rest };
  };

  if (stableCode.test(code)) {
    if (extensions['reason'])
      log.warn(
        { requestId, service: extensions['serviceName'], reason: extensions['reason'] },
        'a service does not answer',
      );
    const quoted = code === 'service.unavailable' && { requestId };
    return { message: formatted.message, ...position, extensions: { ...picked(extensions), ...quoted } };
  }
  if (code === 'GRAPHQL_PARSE_FAILED') {
    if (/contains more (?:than|that) \d+ tokens/.test(formatted.message))
      return ours(gatewayErrors('limit.tokens', { max: maxTokens }));
    return quoting(queryErrors('query.syntax', { problem: formatted.message }));
  }
  if (persistedQueries.has(code)) return { message: formatted.message, extensions: { code } };
  if (requestFaults.has(code)) return quoting(gatewayErrors('request.invalid', { problem: formatted.message }));
  if (queryFaults.has(code)) {
    const fault = queryFault(formatted.message);
    // What only a service refuses was valid here: a literal of a scalar that it alone can read, or schemas apart
    if (extensions['serviceName'] === undefined || fault.code.startsWith('input.')) {
      const field = fault.field ?? (extensions['field'] as string | undefined);
      const sentence = withoutValues(formatted.message);
      const problem = field && !sentence.includes(field) ? `${field}: ${sentence}` : sentence;
      const named = { problem, field: field ?? '查询' };
      return quoting(queryErrors(fault.code, named, field === undefined ? {} : { field }));
    }
  }
  if (code !== 'internal')
    log.error({ requestId, service: extensions['serviceName'], err: causeOf(error) }, 'a request failed unexpectedly');
  const masked = ours(gatewayErrors('internal', { requestId }));
  return { ...masked, extensions: { ...masked.extensions, requestId } };
}

/** Extensions of a rule of ours, over which Apollo Server has written a code of its own. */
function ownExtensions(error: unknown): GraphQLErrorExtensions | undefined {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  return original instanceof GraphQLError && stableCode.test(String(original.extensions['code']))
    ? original.extensions
    : undefined;
}

function picked(extensions: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(shown.flatMap((key) => (extensions[key] === undefined ? [] : [[key, extensions[key]]])));
}

/** The error as the log should show it: the first one, without the copies that GraphQL made of it. */
function causeOf(error: unknown): unknown {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError ? { message: original.message, extensions: original.extensions } : original;
}
