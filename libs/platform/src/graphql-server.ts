import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
  ApolloServerPluginCacheControlDisabled,
} from '@apollo/server/plugin/disabled';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Ctx } from './context.ts';
import { DomainError, errorExtensions, platformErrors } from './errors.ts';
import { inputPath } from './input-path.ts';

/** Answers GraphQL over a Fastify request; the caller has made the context. */
export interface GraphQLServer {
  answer(request: FastifyRequest, reply: FastifyReply, ctx: Ctx): Promise<void>;
  stop(): Promise<void>;
}

/** Apollo Server over a subgraph's schema: parsing, validation and document cache are its own, errors are ours. */
export async function openGraphQLServer(schema: GraphQLSchema, log: Logger): Promise<GraphQLServer> {
  const server = new ApolloServer<Ctx>({
    schema,
    logger: log.child({ part: 'apollo' }),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => formatError(formatted, error, log),
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      answersWithStatus200,
      namesRefusedLiterals,
    ],
  });
  await server.start();
  return {
    stop: () => server.stop(),
    async answer(request, reply, ctx) {
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(request.headers))
        if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method, headers, search: '', body: request.body },
        context: async () => ctx,
      });
      for (const [name, value] of response.headers) void reply.header(name, value);
      void reply.code(response.status ?? 200);
      if (response.body.kind === 'complete') await reply.send(response.body.string);
      else await reply.code(500).send();
    },
  };
}

/** A refused query is an answer too: the gateway reads errors only from answers with status 200 and hides all others. */
const answersWithStatus200: ApolloServerPlugin<Ctx> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.status = 200;
      },
    };
  },
};

/** Literals that break a type get the path of the argument they stand in, which graphql-js doesn't say. */
const namesRefusedLiterals: ApolloServerPlugin<Ctx> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, document }) {
        for (const { nodes, extensions } of document ? errors : []) {
          const [node] = nodes ?? [];
          const field = node && document && extensions['rule'] !== undefined && inputPath(document, node);
          if (field) extensions['field'] = field;
        }
      },
    };
  },
};

/**
 * The one place where errors become what clients see. Expected failures keep code, field and both sentences; faults in
 * the query keep graphql-js's message; everything else is masked and logged with the request id.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const position = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  if (original instanceof DomainError)
    return { message: original.message, ...position, extensions: errorExtensions(original) };
  const rule = formatted.extensions?.['rule'];
  if (rule === 'input.date' || rule === 'input.dateTime') {
    const refused = platformErrors(rule, {}, { field: error instanceof GraphQLError ? fieldOf(error) : 'value' });
    return { message: refused.message, ...position, extensions: errorExtensions(refused) };
  }
  if (isTextThatPostgresRefuses(original)) {
    const refused = platformErrors('input.text', {}, { field: 'a text' });
    return { message: refused.message, ...position, extensions: errorExtensions(refused) };
  }
  const fromQuery =
    error instanceof GraphQLError &&
    (original === error || original === undefined || original instanceof GraphQLError) &&
    formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR';
  if (fromQuery)
    return {
      message: formatted.message,
      ...position,
      extensions: { code: formatted.extensions?.['code'] ?? 'GRAPHQL_VALIDATION_FAILED' },
    };
  log.error({ err: original ?? error }, 'a request failed unexpectedly');
  return {
    message: 'Something went wrong on our side. The request id helps us to find it.',
    ...position,
    extensions: { code: 'internal' },
  };
}

/**
 * SQLSTATE 22021 (character not in repertoire) and 22P05 (untranslatable character): what the client sent can't be text.
 * Arguments are checked before SQL meets them; this is for texts that come by other ways, such as a key of a reference.
 */
function isTextThatPostgresRefuses(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((each) => each === '22021' || each === '22P05');
}

/** Where a refused value stands: the path of the variable, or that of the argument which holds the literal. */
function fieldOf({ message, extensions }: GraphQLError): string {
  const [, variable, path] = /^Variable "\$(\w+)" got invalid value .*?(?: at "([^"]+)")?;/.exec(message) ?? [];
  return path ?? variable ?? (extensions['field'] as string | undefined) ?? 'value';
}
