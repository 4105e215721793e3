/** A benchmark that has started a side, prints its process id and then results without end. */
import { setTimeout as pause } from 'node:timers/promises';
import { startForked } from './forked.ts';
import { print } from './printing.ts';

const side = await startForked('side.fixture', {});
try {
  print(`${side.url}\n`);
  for (;;) {
    await pause(10);
    print('a result\n');
  }
} catch (error) {
  process.stderr.write(`put away: ${(error as Error).message}\n`);
} finally {
  await side.stop();
}
