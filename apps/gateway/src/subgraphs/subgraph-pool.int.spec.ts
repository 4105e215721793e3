import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { subgraphPool, type SubgraphPool } from './subgraph-pool.ts';

/** What a service sends, byte by byte if need be, once it has read a request. */
type Sends = (socket: Socket, nth: number) => void | Promise<void>;

let server: Server;
let pool: SubgraphPool;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await pool.close().catch(() => undefined);
  await new Promise((resolve) => server.close(resolve));
});

async function service(sends: Sends, limits = {}): Promise<{ count(): number; heads: string[] }> {
  let count = 0;
  const heads: string[] = [];
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (!String(chunk).startsWith('POST')) return;
      count += 1;
      heads.push(String(chunk).split('\r\n\r\n')[0] as string);
      void sends(socket, count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  pool = subgraphPool('one', url, { timeoutMs: 300, maxAnswerBytes: 10_000, connections: 2, ...limits });
  return { count: () => count, heads };
}

const ask = () => pool.post('graphql', '{"query":"{ a }"}', {});
const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
/** For services that do answer, however slowly a busy machine lets them. */
const patient = { timeoutMs: 60_000 };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a service that behaves as HTTP allows', () => {
  it.each<[string, Sends]>([
    [
      'in chunks',
      (socket) => void socket.write(`${head}transfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n5\r\n":1}\n\r\n0\r\n\r\n`),
    ],
    [
      'in bytes that come one by one',
      async (socket) => {
        for (const byte of Buffer.from(`${head}content-length: 11\r\n\r\n{"a":"值"}`)) {
          socket.write(Buffer.from([byte]));
          await turn();
        }
      },
    ],
    [
      'after early hints',
      (socket) =>
        void socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${head}content-length: 7\r\n\r\n{"a":1}`),
    ],
    ['until it closes', (socket) => void socket.end(`${head}connection: close\r\n\r\n{"a":1}`)],
  ])('is understood: %s', async (_, sends) => {
    await service(sends, patient);
    const { status, body } = await ask();
    expect([status, Object.keys(JSON.parse(body.toString()) as object)]).toEqual([200, ['a']]);
  });

  it('is asked for an answer as it is: without that it might compress it', async () => {
    const { heads } = await service((socket) => void socket.write(`${head}content-length: 7\r\n\r\n{"a":1}`), patient);
    await ask();
    expect(heads[0]?.toLowerCase().split('\r\n')).toContain('accept-encoding: identity');
  });

  it('may close a kept connection at any time between two questions', async () => {
    await service((socket) => {
      socket.write(`${head}content-length: 7\r\n\r\n{"a":1}`);
      socket.end();
    }, patient);
    for (let n = 0; n < 20; n += 1) expect((await ask()).status).toBe(200);
  });
});

describe('a service that does not', () => {
  it.each<[string, Sends]>([
    ['closes early', (socket) => void socket.end(`${head}content-length: 100\r\n\r\n{"a`)],
    ['breaks off in a chunk', (socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\nff\r\n{"a`)],
    ['closes without a word', (socket) => void socket.destroy()],
    ['never answers', () => undefined],
    [
      'sends a byte now and then',
      async (socket) => {
        socket.write(`${head}content-length: 500\r\n\r\n`);
        while (!socket.destroyed) {
          socket.write(' ');
          await pause(20);
        }
      },
    ],
    ['stops in the middle', (socket) => void socket.write(`${head}content-length: 100\r\n\r\n{"a`)],
    ['sends headers without end', (socket) => void socket.write(`${head}x: ${'x'.repeat(100_000)}\r\n`)],
    ['answers too much', (socket) => void socket.write(`${head}content-length: 20000\r\n\r\n${'x'.repeat(20_000)}`)],
    ['speaks something else', (socket) => void socket.write('SSH-2.0-OpenSSH\r\n')],
  ])('counts as not answering, and the next question is asked anew: %s', async (_, sends) => {
    const { count } = await service((socket, nth) =>
      nth === 1 ? sends(socket, nth) : void socket.write(`${head}content-length: 7\r\n\r\n{"a":1}`),
    );
    await expect(ask()).rejects.toThrow();
    expect(String((await ask()).body)).toBe('{"a":1}');
    expect(count()).toBe(2);
  });

  it('is not asked any more what has waited too long for a free connection', async () => {
    const { count } = await service(() => undefined, { connections: 1 });
    const outcomes = await Promise.allSettled([ask(), ask(), ask()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(count()).toBe(1);
  });

  it('is never asked the same thing a second time by itself: it might have been a change', async () => {
    const { count } = await service((socket) => void socket.destroy());
    await expect(ask()).rejects.toThrow();
    await turn();
    expect(count()).toBe(1);
  });
});
