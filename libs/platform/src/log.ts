import { pino, type Logger } from 'pino';

/** Keys that never reach a log, wherever they stand: tokens, secrets and personal data. */
const redacted = ['authorization', 'token', 'password', 'secret', 'phone', 'address', 'identityNumber'];

/** The log of a process: JSON lines on standard output. */
export function openLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `req.headers.${key}`]),
      censor: '[redacted]',
    },
  });
}
