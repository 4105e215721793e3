/** `node --conditions=@frontline/source tools/kafka/src/main.ts [--port N] [--data FOLDER]`: a broker until Ctrl-C. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerUnavailable } from '@frontline/processes';
import { FRONTLINE_FOLDER } from './jars.ts';
import { DEFAULT_PORT, startBroker } from './start-broker.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
try {
  const broker = await startBroker({
    port: Number(values.port ?? DEFAULT_PORT),
    dataDir: values.data ?? join(FRONTLINE_FOLDER, 'kafka', 'data'),
    progress: console.log,
  });
  console.log(`Kafka ${broker.bootstrap} is ready. Ctrl-C stops it.`);
  const stop = () => void broker.stop();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await broker.exited;
} catch (error) {
  if (!(error instanceof ServerUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
