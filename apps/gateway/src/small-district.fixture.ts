import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { graphql, GraphQLError, parse } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { readConfig } from '@frontline/platform/process';
import { DEVELOPMENT_ISSUER, gatewaySettings } from './config.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Two services that know each other's cadres, and one field per way in which a service can fail. */
export const smallSchemas = {
  personnel: `${link}
    enum Rank { BUREAU DIVISION }
    input CadreFilter { rank: Rank = DIVISION, ranks: [Rank!], limit: Int }
    type Cadre @key(fields: "id") { id: ID! name: String superior: Cadre }
    type Query {
      cadre(id: ID!): Cadre
      head: Cadre!
      cadres(filter: CadreFilter!): [Cadre!]!
      refused: String
      broken: String
      whoAsks: String
    }`,
  cases: `${link}
    type Cadre @key(fields: "id") { id: ID! openCases(since: ID): Int queue: Int! }
    type Query { caseCount: Int casesToday: Int }`,
};

/** The same before `casesToday` was published: what the supergraph file holds at the start. */
export const publishedSchemas = { ...smallSchemas, cases: smallSchemas.cases.replace(' casesToday: Int', '') };

/** A service in this process, on loopback, that remembers what it was asked. */
export interface SmallService {
  url: string;
  /** What the service says from now on about keeping its answers. */
  cacheControl: string | undefined;
  asked: { path: string; headers: IncomingHttpHeaders; body: { query?: string }; isLeft(): boolean }[];
  /** Keeps the service from answering until the function that it returns is called. */
  holdAnswers(): () => void;
  stop(): Promise<void>;
}

const resolvers = {
  personnel: {
    Query: {
      cadre: (_: unknown, { id }: { id: string }) => ({ id, name: `cadre ${id}` }),
      head: () => ({ id: 'unseen', name: 'the head' }),
      cadres: () => [{ id: '1', name: 'cadre 1' }],
      whoAsks: (_: unknown, __: unknown, { authorization }: IncomingHttpHeaders) => authorization,
      refused: () => {
        throw new GraphQLError('A case that is CLOSED cannot be dispatched.', {
          extensions: {
            code: 'case.illegalMove',
            kind: 'illegalState',
            field: 'input.caseId',
            messages: { zh: '已办结' },
            secret: 'x',
          },
        });
      },
      broken: () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
    },
    Cadre: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `cadre ${id}` }),
      superior: ({ id }: { id: string }) => ({ id: `${id}+` }),
    },
  },
  cases: {
    Query: { caseCount: () => 7, casesToday: () => 2 },
    Cadre: {
      __resolveReference: ({ id }: { id: string }) => (id === 'unseen' ? null : { id, openCases: 3, queue: 1 }),
    },
  },
};

/** The executable schema of one of the two services. */
export const smallSchema = (name: keyof typeof smallSchemas) =>
  buildSubgraphSchema([{ typeDefs: parse(smallSchemas[name]), resolvers: resolvers[name] }]);

/** Starts one of the two services. */
export async function startSmallService(name: keyof typeof smallSchemas, port = 0): Promise<SmallService> {
  const schema = smallSchema(name);
  const asked: SmallService['asked'] = [];
  let mayAnswer = Promise.resolve();
  const service: SmallService = {
    url: '',
    cacheControl: undefined,
    asked,
    holdAnswers() {
      const { promise, resolve } = Promise.withResolvers<void>();
      mayAnswer = promise;
      return resolve;
    },
    stop: () => stopped(server),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
      query: string;
      variables?: object;
      sub?: string;
    };
    asked.push({
      path: request.url ?? '',
      headers: request.headers,
      body,
      isLeft: () => response.closed && !response.writableFinished,
    });
    await mayAnswer;
    const answer =
      request.url === '/graphql'
        ? await graphql({
            schema,
            source: body.query,
            variableValues: body.variables as never,
            contextValue: request.headers,
          })
        : { cadreId: 'cadre-7', grants: [{ role: 'CADRE' }] };
    const { cacheControl } = service;
    const headers = { 'content-type': 'application/json', ...(cacheControl && { 'cache-control': cacheControl }) };
    response.writeHead(200, headers).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return service;
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The supergraph of subgraph schemas. */
export function supergraphOf(schemas: Record<string, string>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(schemas).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** A gateway over the two services. */
export interface SmallDistrict {
  gateway: RunningGateway;
  personnel: SmallService;
  cases: SmallService;
  supergraphFile: string;
  /** Sends a query and returns the answer's body and status. */
  ask(query: string, options?: { headers?: Record<string, string>; variables?: object }): Promise<Answer>;
  /** A token of a demo account. */
  tokenFor(role: string): Promise<string>;
  stop(): Promise<void>;
}

/** An answer as a client sees it. */
export interface Answer {
  status: number;
  requestId: string | null;
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
  extensions?: unknown;
}

/** Starts gateway and services; settings replace the usual ones. */
export async function startSmallDistrict(settings: Record<string, string> = {}): Promise<SmallDistrict> {
  const directory = await mkdtemp(join(tmpdir(), 'frontline-gateway-'));
  const supergraphFile = join(directory, 'supergraph.graphql');
  const issuerFile = join(directory, 'issuer.json');
  await writeFile(supergraphFile, supergraphOf(publishedSchemas));
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  await writeFile(issuerFile, JSON.stringify(await exportJWK(privateKey)));
  const personnel = await startSmallService('personnel');
  const cases = await startSmallService('cases');
  const stopServices = async () => {
    await personnel.stop();
    await cases.stop();
    await rm(directory, { recursive: true });
  };
  const gateway = await startGateway(
    readConfig(gatewaySettings, {
      PORT: '0',
      LOG_LEVEL: 'silent',
      FRONTLINE_MODE: 'development',
      INTERNAL_SECRET: 'a secret of at least 32 characters',
      ISSUER: DEVELOPMENT_ISSUER,
      DEVELOPMENT_ISSUER_FILE: issuerFile,
      SUPERGRAPH_FILE: supergraphFile,
      EXPLORER_DIR: join(directory, 'no-explorer'),
      SUBGRAPH_URL_PERSONNEL: personnel.url,
      SUBGRAPH_URL_ORGANIZATIONS: 'http://127.0.0.1:9/graphql',
      SUBGRAPH_URL_HOUSEHOLDS: 'http://127.0.0.1:9/graphql',
      SUBGRAPH_URL_CASES: cases.url,
      ...settings,
    }),
  ).catch(async (error: unknown) => {
    await stopServices();
    throw error;
  });
  return {
    gateway,
    personnel,
    cases,
    supergraphFile,
    async ask(query, { headers = {}, variables } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const requestId = response.headers.get('x-request-id');
      return { status: response.status, requestId, ...((await response.json()) as object) };
    },
    async tokenFor(role) {
      const response = await fetch(`${gateway.url}/development/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ role }),
      });
      return ((await response.json()) as { token: string }).token;
    },
    async stop() {
      await gateway.stop();
      await stopServices();
    },
  };
}
