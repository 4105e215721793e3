/* A service whose HTTP is written by hand, byte by byte, so that it can go wrong in every way in which HTTP can. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { graphql } from 'graphql';
import { smallSchema } from '../small-district.fixture.ts';

/** What a service does with an answer: sends it in some way, or sends something else. */
export type Behaviour = (socket: Socket, body: string) => Promise<void> | void;

/** A running service. */
export interface FaultyService {
  url: string;
  /** What it does from now on. */
  behaviour: Behaviour;
  stop(): Promise<void>;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const head = (status = '200 OK', type = 'application/json') => `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\n`;
const sized = (body: string, ...start: Parameters<typeof head>) =>
  `${head(...start)}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunk = (part: Buffer) =>
  Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);

async function inPieces(socket: Socket, bytes: Buffer, size: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    socket.write(bytes.subarray(at, at + size));
    await turn();
  }
}

/** Ways that HTTP allows: the answer has to arrive. */
export const allowed: Readonly<Record<string, Behaviour>> = {
  plainly: (socket, body) => void socket.write(sized(body)),
  slowly: (socket, body) => inPieces(socket, Buffer.from(sized(body)), 7),
  'in chunks': async (socket, body) => {
    const bytes = Buffer.from(body);
    socket.write(`${head()}transfer-encoding: chunked\r\n\r\n`);
    for (let at = 0; at < bytes.length; at += 5) socket.write(chunk(bytes.subarray(at, at + 5)));
    socket.write('0\r\n\r\n');
  },
  'until it closes': (socket, body) => void socket.end(`${head()}connection: close\r\n\r\n${body}`),
  'after early hints': (socket, body) =>
    void socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${sized(body)}`),
  'and closes a connection that is kept': (socket, body) => {
    socket.write(sized(body));
    socket.end();
  },
  'with many headers': (socket, body) =>
    void socket.write(sized(body).replace('\r\n', `\r\nx-much: ${'x'.repeat(8_000)}\r\n`)),
};

/** Those of them that lose a question which is sent at the same moment. */
export const racing: ReadonlySet<string> = new Set(['and closes a connection that is kept']);

/** Ways that it doesn't, and answers that are none: both gateways have to do without them. */
export const broken: Readonly<Record<string, Behaviour>> = {
  'closes without a word': (socket) => void socket.destroy(),
  'closes too early': (socket, body) => void socket.end(`${head()}content-length: ${body.length + 500}\r\n\r\n${body}`),
  'breaks off in a chunk': (socket, body) =>
    void socket.end(`${head()}transfer-encoding: chunked\r\n\r\nffff\r\n${body}`),
  'sends headers without end': (socket) => void socket.write(`${head()}x-much: ${'x'.repeat(100_000)}\r\n`),
  'speaks something else': (socket) => void socket.end('SSH-2.0-OpenSSH\r\n'),
  'sends a page': (socket) => void socket.write(sized('<html>', '200 OK', 'text/html')),
  'says that its answer is a text': (socket, body) => void socket.write(sized(body, '200 OK', 'text/plain')),
  'sends half of its JSON': (socket, body) => void socket.write(sized(body.slice(0, body.length / 2))),
  'sends a list': (socket, body) => void socket.write(sized(`[${body}]`)),
  'sends nothing': (socket) => void socket.write(sized('')),
  'is down': (socket) => void socket.write(sized('{}', '503 Service Unavailable')),
  'fails, with an answer beside': (socket, body) => void socket.write(sized(body, '500 Internal Server Error')),
  'finds nothing': (socket) => void socket.write(sized('no route', '404 Not Found', 'text/plain')),
};

/** Starts one of the two small services. */
export async function startFaultyService(name: 'personnel' | 'cases'): Promise<FaultyService> {
  const schema = smallSchema(name);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    let received = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes as Buffer]);
      const text = received.toString('latin1');
      const [start = '', length] = /^[^]*?content-length: *(\d+)[^]*?\r\n\r\n/i.exec(text) ?? [];
      if (length === undefined || received.length < start.length + Number(length)) return;
      const request = received.subarray(start.length, start.length + Number(length)).toString();
      received = received.subarray(start.length + Number(length));
      void answer(socket, request);
    });
  });
  const service: FaultyService = {
    url: '',
    behaviour: allowed['plainly'] as Behaviour,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(socket: Socket, request: string): Promise<void> {
    const { query, variables } = JSON.parse(request) as { query: string; variables?: Record<string, unknown> };
    const { behaviour } = service;
    await behaviour(socket, JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return service;
}
