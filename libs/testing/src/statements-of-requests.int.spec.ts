import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { postgresForTests } from '@frontline/test-servers';
import { StatementsOfRequests } from './statements-of-requests.ts';

describe('the statements of a request', () => {
  let pool: pg.Pool;
  let server: Server;
  let url: string;
  let statements: StatementsOfRequests;
  let background: NodeJS.Timeout;

  /** Takes a connection, uses it and gives it back, as Kysely does. */
  const run = async (text: string, values: unknown[] = []) => {
    const client = await pool.connect();
    await client.query(text, values).finally(() => client.release());
  };

  beforeAll(async () => {
    statements = new StatementsOfRequests();
    const { url: connectionString } = await postgresForTests();
    // fewer connections than requests: some wait for what another one gives back
    pool = new pg.Pool({ connectionString, max: 2 });
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const number = Number(Buffer.concat(chunks).toString());
        for (let nth = 0; nth < number; nth += 1) await run('select $1::int', [number]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    background = setInterval(() => void run('select 1 as background').catch(() => undefined), 1);
  });
  afterAll(async () => {
    clearInterval(background);
    statements?.stop();
    server?.closeAllConnections();
    server?.close();
    await pool?.end();
  });

  it('are its own, however many others and whatever else runs at the same time', async () => {
    const ask = async (number: number) => {
      const id = `request-${number}`;
      const found = statements.follow(id);
      // the headers come alone, the body after them
      const body = new ReadableStream({
        async pull(stream) {
          await run('select 2 as asked_by_the_test');
          stream.enqueue(new TextEncoder().encode(String(number)));
          stream.close();
        },
      });
      await fetch(url, { method: 'POST', headers: { 'x-request-id': id }, body, duplex: 'half' } as RequestInit);
      return found;
    };
    const numbers = Array.from({ length: 12 }, (_, at) => at);
    const found = await Promise.all(numbers.map(ask));
    expect(found).toEqual(numbers.map((number) => Array(number).fill({ text: 'select $1::int', values: [number] })));
  });
});
