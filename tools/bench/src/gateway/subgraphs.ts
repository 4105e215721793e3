/**
 * The subgraphs of the gateway comparison, in one process. Whatever has been asked once is answered from memory: the
 * text is found by the body of the request, and nothing is parsed, executed or printed again.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { serveBench } from '../forked.ts';
import { schemaOf, subgraphs, type Subgraph } from './graph.ts';

const urls: Partial<Record<Subgraph, string>> = {};
for (const name of subgraphs) urls[name] = await serve(name);
serveBench(JSON.stringify(urls));

async function serve(name: Subgraph): Promise<string> {
  const schema = schemaOf(name);
  const known = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      let answer = known.get(body);
      if (!answer) {
        const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
        answer = Buffer.from(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
        known.set(body, answer);
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
