/*
 * Why: most questions are small, and then what a gateway costs is HTTP. Apollo Server is given what Fastify has read, and
 * its answer is written to the connection in one piece. Apollo's integration for Fastify costs more than that: it parses
 * the address as a URL each time, and Fastify, which sends any kind of answer, measures and encodes the text once more.
 */
import type { OutgoingHttpHeaders } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '@frontline/platform/process';
import { answering, type Answering } from './answering.ts';
import type { TrustedDocuments } from './documents/trusted-documents.ts';
import { answerRefusal } from './errors/http-errors.ts';
import { END } from './execution/written-data.ts';
import type { Caller } from './identity/caller.ts';

/** What answering takes. */
export interface GraphqlOverHttp {
  server: ApolloServer<Caller>;
  /** Decides on documents before they are parsed. */
  trusted: TrustedDocuments;
  /** Tells who asks; what it throws is answered. */
  callerOf(request: FastifyRequest, reply: FastifyReply): Promise<Caller>;
  /** Whether the gateway is about to stop, and connections should not be kept. */
  isClosing(): boolean;
}

/** Answers GraphQL requests, as a handler of a Fastify route. */
export function graphqlOverHttp({ server, trusted, callerOf, isClosing }: GraphqlOverHttp) {
  const answer = async (request: FastifyRequest, reply: FastifyReply, asked: Answering): Promise<FastifyReply> => {
    const refusal = refusalOf(request);
    if (refusal) return answerRefusal(reply, refusal);
    const { status, headers, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers: headersOf(request),
        search: searchOf(request.url),
        body: request.body,
      },
      context: () => callerOf(request, reply),
    });
    if (body.kind !== 'complete') throw new Error('an answer in parts, of which the graph knows none');
    // What hooks have set, such as for other origins and the request id
    const head: Record<string, unknown> = reply.getHeaders();
    for (const [name, value] of headers) head[name] = value;
    const { data } = asked;
    head['content-length'] = body.string.length + (data ? data.length + END.length : 0);
    if (isClosing()) head['connection'] = 'close';
    send(reply.hijack(), status ?? 200, head as OutgoingHttpHeaders, body.string, data);
    return reply;
  };
  return (request: FastifyRequest, reply: FastifyReply) => {
    const asked: Answering = { requestId: request.id };
    return answering.run(asked, answer, request, reply, asked);
  };

  /** Why a document isn't answered. What is no request for a document passes, and is refused later for what it is. */
  function refusalOf({ method, query, body, id }: FastifyRequest): DomainError | undefined {
    const text = ((method === 'GET' ? query : body) as { query?: unknown } | null | undefined)?.query;
    return typeof text === 'string' && text !== '' ? trusted.refusal(text, id) : undefined;
  }
}

/** Sends what {@link printedAnswer} printed, in one piece with its head, and data that goes beside it. */
function send(
  { raw }: FastifyReply,
  status: number,
  head: OutgoingHttpHeaders,
  printed: string,
  data: Buffer | undefined,
): void {
  raw.writeHead(status, head);
  if (!data) return void raw.end(printed, 'latin1');
  raw.cork();
  raw.write(printed, 'latin1');
  raw.write(data);
  raw.end(END);
}

/** Headers as Apollo Server wants them. */
function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}

/** The part of an address that holds parameters, from its question mark on. */
function searchOf(address: string): string {
  const at = address.indexOf('?');
  return at < 0 ? '' : address.slice(at);
}
