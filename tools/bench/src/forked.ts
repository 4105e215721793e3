import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';

/** What a side that the benchmark starts itself answers when asked for its use. */
export interface Usage {
  cpu: number;
  resident: number;
}

/** A program of this folder as a process of its own, so that its CPU is its own. */
export interface Forked {
  url: string;
  used(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a program of this folder, by its name, that calls {@link serveBench}. */
export async function startForked(program: string, argument: object): Promise<Forked> {
  const file = join(import.meta.dirname, `${program}${extname(import.meta.filename)}`);
  const child = fork(file, [JSON.stringify(argument)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const ended = gone.then(() => {
    throw new Error('a process of the benchmark has ended by itself');
  });
  ended.catch(() => undefined);
  const answered = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
    return message;
  };
  const { url } = (await answered()) as { url: string };
  return {
    url,
    used() {
      child.send('usage');
      return answered() as Promise<Usage>;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/**
 * In the forked program: says where it listens, and what it has used whenever it is asked. It ends with whoever started
 * it, however that ended: nobody else would stop it.
 */
export function serveBench(url: string): void {
  process.once('disconnect', () => process.exit());
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1e6, resident: process.memoryUsage.rss() });
  });
  process.send?.({ url });
}

/** In the forked program: what it was started with. */
export function benchArgument<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}
