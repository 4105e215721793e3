import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Settings that are wrong or missing; the message lists every one of them, each on a line of its own. */
export class ConfigError extends Error {}

/**
 * Reads settings from the environment once and checks all of them at once.
 * Empty strings count as absent. Throws {@link ConfigError} naming each wrong setting and its rule, never its value
 * (a value may be a secret).
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv = process.env): z.output<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
  const result = schema.safeParse(given);
  const asked = (name: string) => (name in schema.shape ? given[name] : undefined);
  const torn = together.map((rule) => rule(asked)).filter((line) => line !== undefined);
  if (result.success && torn.length === 0) return result.data;
  const lines = (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0] ?? 'settings');
    const absent = given[name] === undefined;
    return `${name}: ${absent ? 'is required' : issue.message}${descriptionOf(schema, name)}`;
  });
  throw new ConfigError(`These settings are wrong:\n${[...lines, ...torn].map((line) => `  ${line}`).join('\n')}`);
}

/** Rules that tie settings together; each says in one line what does not fit. They see settings as they were given. */
const together: readonly ((given: (name: string) => string | undefined) => string | undefined)[] = [
  (given) => {
    const names = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
    const absent = names.filter((name) => given(name) === undefined);
    if (absent.length === 0 || absent.length === names.length) return undefined;
    return `${names.join(', ')}: set all three or none; ${absent.join(' and ')} ${absent.length === 1 ? 'is' : 'are'} missing`;
  },
  (given) =>
    given('KAFKA_SSL_CA') !== undefined && given('KAFKA_SSL') !== 'true'
      ? 'KAFKA_SSL_CA: is of use only with KAFKA_SSL=true'
      : undefined,
];

function descriptionOf(schema: z.ZodObject, name: string): string {
  const field = schema.shape[name] as z.ZodType | undefined;
  return field?.description ? ` (${field.description})` : '';
}

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** The certificates in a PEM file. */
function certificatesIn(file: string, context: z.RefinementCtx): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    context.addIssue('must be a file that can be read');
    return z.NEVER;
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) context.addIssue('must hold certificates in PEM');
  return text;
}

const base64 = (bytes: number) =>
  z.string().refine((value) => Buffer.from(value, 'base64').length === bytes, `must be ${bytes} bytes in base64`);

/** The settings that every Frontline process has: where it listens, how it logs, what it trusts. */
export const processSettings = z.object({
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).describe('port to listen on'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  FRONTLINE_MODE: z
    .enum(['development', 'production'])
    .default('production')
    .describe('development allows demo accounts and the clock control'),
  INTERNAL_SECRET: z.string().min(32).describe('secret shared by gateway and services, at least 32 characters'),
  CLOCK_OFFSET_MS: z.coerce
    .number()
    .int()
    .default(0)
    .describe('offset of the district clock in milliseconds; 0 in production'),
});

/** The settings of a broker; without KAFKA_BROKERS events wait in the outbox. */
export const kafkaSettings = z.object({
  KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .optional()
    .describe('host:port, host:port, …'),
  KAFKA_SSL: flag.describe('TLS to the brokers'),
  KAFKA_SSL_CA: z
    .string()
    .transform(certificatesIn)
    .optional()
    .describe('file with the certificates (PEM) of the authorities that the brokers’ certificates come from'),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
});

/** The settings of a subgraph service. */
export const subgraphSettings = processSettings.extend(kafkaSettings.shape).extend({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL URL of this service’s own database'),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
  PERSONAL_DATA_KEYS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim().split(':') as [string, string]))
    .pipe(z.array(z.tuple([z.string().min(1).max(20), base64(32)])).min(1))
    .describe('keyId:base64 of 32 bytes, comma separated; the first one encrypts, all decrypt'),
  BLIND_INDEX_KEY: base64(32).describe('32 bytes in base64; changing it makes exact searches of personal data miss'),
  PEER_URL_PERSONNEL: z.url().optional().describe('base URL of the personnel service'),
  PEER_URL_ORGANIZATIONS: z.url().optional().describe('base URL of the organizations service'),
  PEER_URL_HOUSEHOLDS: z.url().optional().describe('base URL of the households service'),
  PEER_URL_CASES: z.url().optional().describe('base URL of the cases service'),
});

/** What {@link readConfig} returns for a subgraph. */
export type SubgraphSettings = z.output<typeof subgraphSettings>;

/** What {@link readConfig} returns for the broker part. */
export type KafkaSettings = z.output<typeof kafkaSettings>;
