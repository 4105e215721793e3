import { pino, type DestinationStream, type Logger } from 'pino';

/** Keys that never reach a log, wherever they stand: tokens, secrets and personal data. */
const redacted = ['authorization', 'token', 'password', 'secret', 'phone', 'address', 'identityNumber'];

/** Milliseconds for which a line may wait for others: each write wakes up whoever reads, which costs more than the line. */
const WAIT_MS = 100;

/** Characters of waiting lines that are written without waiting any longer. */
const WAITING = 8 * 1024;

/** pino's number for `warn`: from there on, nothing waits. */
const WARN = 40;

/** The log of a process: JSON lines on standard output. */
export function openLog(service: string, level: string): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `req.headers.${key}`]),
        censor: '[redacted]',
      },
    },
    standardOutput(),
  );
}

let second = 0;
let untilSecond = '';

/** The time as pino wants it. Lines of the same second share all but the milliseconds, which spares most of writing a date. */
function isoTime(): string {
  const now = Date.now();
  const current = now - (now % 1000);
  if (current !== second || untilSecond === '') {
    second = current;
    untilSecond = `,"time":"${new Date(now).toISOString().slice(0, -'000Z'.length)}`;
  }
  return `${untilSecond}${String(now - current).padStart(3, '0')}Z"`;
}

let opened: DestinationStream | undefined;

/** Standard output, written to in one go for many lines. What waits when the process ends or crashes is written then. */
function standardOutput(): DestinationStream {
  if (opened) return opened;
  let lines = '';
  const output = pino.destination({ dest: 1, sync: true });
  let waiting: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    output.write(lines);
    lines = '';
    output.flushSync();
  };
  process.on('exit', flush);
  const stream = {
    // tells pino to say the level of each line
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      lines += line;
      if (stream.lastLevel >= WARN || lines.length >= WAITING) flush();
      else waiting ??= setTimeout(flush, WAIT_MS).unref();
    },
  };
  opened = stream;
  return stream;
}
