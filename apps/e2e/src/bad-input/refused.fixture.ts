import type { PlatformUnderTest, Who } from '@frontline/testing';
import { ids } from './two-streets.fixture.ts';

/** A refusal as it stands in an answer. */
export interface Refusal {
  message: string;
  extensions: { code: string; kind: string; field?: string; messages: { en: string; zh: string } };
}

/** A request as a client could send it; who asks is a demo account, or whatever stands in the header. */
export interface Request {
  who: Who | { authorization: string };
  query: string;
  variables?: object;
}

/** Sends a request and gives back its HTTP status and the refusals of its answer, which must have some. */
export async function refused(platform: PlatformUnderTest, { who, query, variables = {} }: Request) {
  const authorization =
    typeof who === 'object' && 'authorization' in who ? who.authorization : `Bearer ${await platform.token(who)}`;
  const response = await fetch(`${platform.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: Refusal[] };
  if (errors.length === 0) throw new Error(`This was not refused: ${text}`);
  return { status: response.status, errors, text };
}

const STATE = `query ($case: ID!) {
  activities { totalCount } demands { totalCount } homeVisits { totalCount } households { totalCount }
  cases(first: 100) { totalCount nodes { id version state } }
  case(id: $case) { version state moves { state } }
  organizations(first: 100) { totalCount nodes { id version } } cadres { totalCount } duties { totalCount } }`;

/** Everything that a mutation of these tests could have changed, as somebody sees it who reads the whole district. */
export function stateOf(platform: PlatformUnderTest): Promise<object> {
  return platform.ask('FRONTLINE_OFFICE', STATE, { case: ids.case });
}

/**
 * What must never stand in an answer: names of tables, columns and settings (all of them in snake case; nothing in the
 * graph is), classes, libraries, services, addresses, ports, files, SQL, stacks.
 */
const internal: readonly RegExp[] = [
  /\b[a-z]+_[a-z_]+\b/,
  /\b[A-Z]{2,}_[A-Z_]*(URL|SECRET|KEYS|FILE|PORT)\b/,
  /\b(Stub|Resolver|Subgraph|GraphQLError|DomainError|TypeError|ApolloError)\b/i,
  /mikro|kysely|fastify|apollo|type-graphql|undici|node_modules|jose|JWT|postgres/i,
  /serviceName|DOWNSTREAM|stacktrace|personnel|ECONN|127\.0\.0\.1|localhost|[a-z\d]:\d{4,5}\b/,
  /\.(ts|js|mjs):\d|\/(src|dist|tmp|work|home)\/|\bat \w+ \(/,
  /\b(select|insert into|update|delete) .* (from|set|values)\b|\bwhere\b.*=/i,
];

/** The internal names in an answer; ids and times of the district's own are not among them. */
export function internalNamesIn(text: string): string[] {
  const shown = text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '').replaceAll(/[0-9a-f-]{36}/g, '');
  return internal.flatMap((pattern) => pattern.exec(shown)?.[0] ?? []);
}
