import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { processSettings } from '@frontline/platform/process';

/** The issuer that development brings along; its key lies in a file, so production must never trust it. */
export const DEVELOPMENT_ISSUER = 'urn:frontline:development';

const limit = (fallback: number, what: string) => z.coerce.number().int().min(1).default(fallback).describe(what);
const subgraphUrl = (name: string) => z.url({ protocol: /^https?$/ }).describe(`GraphQL URL of the ${name} service`);

/** The settings of the gateway. */
export const gatewaySettings = processSettings
  .extend({
    NODE_ENV: z.string().optional(),
    SUPERGRAPH_FILE: z
      .string()
      .default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url)))
      .describe('the composed supergraph; reloaded when it changes'),
    EXPLORER_DIR: z
      .string()
      .default(fileURLToPath(new URL('../../explorer/dist', import.meta.url)))
      .describe('the built explorer, served at /'),
    SUBGRAPH_URL_PERSONNEL: subgraphUrl('personnel'),
    SUBGRAPH_URL_ORGANIZATIONS: subgraphUrl('organizations'),
    SUBGRAPH_URL_HOUSEHOLDS: subgraphUrl('households'),
    SUBGRAPH_URL_CASES: subgraphUrl('cases'),
    SUBGRAPH_TIMEOUT_MS: limit(30_000, 'milliseconds after which a service counts as not answering'),
    SUBGRAPH_CONNECTIONS: limit(128, 'connections kept to a service at most; requests beyond wait for a free one'),
    SUBGRAPH_MAX_ANSWER_BYTES: limit(16_777_216, 'bytes in an answer of a service; a longer one counts as none'),
    OPERATION_CACHE_BYTES: limit(52_428_800, 'bytes for compiled operations; the least recently used are forgotten'),
    PERSISTED_QUERIES_BYTES: z.coerce
      .number()
      .int()
      .min(0)
      .default(4_194_304)
      .describe('bytes for documents that clients have sent once and then ask by their hash; 0 keeps none'),
    TRUSTED_DOCUMENTS: z
      .enum(['off', 'warn', 'enforce'])
      .default('off')
      .describe('what becomes of documents that the manifest does not name: answered, answered and counted, refused'),
    TRUSTED_DOCUMENTS_FILE: z
      .string()
      .optional()
      .describe('the manifest of trusted documents; read again when it changes'),
    ISSUER: z.string().min(1).describe('issuer (iss) of the tokens that people sign in with'),
    ISSUER_AUDIENCE: z.string().min(1).default('frontline').describe('audience (aud) that these tokens must name'),
    ISSUER_JWKS_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('where the public keys of the issuer are'),
    DEVELOPMENT_ISSUER_FILE: z.string().optional().describe('private key (JWK) of the development issuer'),
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
      .describe('origins of web pages that may ask, comma separated; * for any'),
    MAX_DEPTH: limit(20, 'levels of fields in a query'),
    MAX_ALIASES: limit(50, 'aliases in a query, fragments counted wherever they are spread'),
    MAX_TOKENS: limit(4_000, 'lexical tokens in a query'),
    MAX_ROOT_FIELDS: limit(20, 'root fields in a query'),
    MAX_BODY_BYTES: limit(1_048_576, 'bytes in a request body'),
    MAX_FILE_BYTES: limit(67_108_864, 'bytes in a file that is brought in'),
  })
  .superRefine((settings, check) => {
    const refuse = (name: string, message: string) => check.addIssue({ code: 'custom', path: [name], message });
    const inProduction = settings.FRONTLINE_MODE === 'production' || settings.NODE_ENV === 'production';
    if (inProduction && settings.DEVELOPMENT_ISSUER_FILE)
      refuse('DEVELOPMENT_ISSUER_FILE', 'must not be set in production; anybody could sign in as anybody');
    if (inProduction && settings.ISSUER === DEVELOPMENT_ISSUER)
      refuse('ISSUER', 'must not be the development issuer in production; name your own');
    if (settings.TRUSTED_DOCUMENTS !== 'off' && !settings.TRUSTED_DOCUMENTS_FILE)
      refuse('TRUSTED_DOCUMENTS_FILE', 'is required unless TRUSTED_DOCUMENTS is off');
    if (!settings.DEVELOPMENT_ISSUER_FILE && !settings.ISSUER_JWKS_URL) refuse('ISSUER_JWKS_URL', 'is required');
    if (inProduction && settings.CLOCK_OFFSET_MS !== 0) refuse('CLOCK_OFFSET_MS', 'must be 0 in production');
  });

/** What readConfig returns for the gateway. */
export type GatewaySettings = z.output<typeof gatewaySettings>;

/** The subgraph names that have an address in the settings, with it. */
export function subgraphUrls(settings: GatewaySettings): ReadonlyMap<string, string> {
  return new Map([
    ['personnel', settings.SUBGRAPH_URL_PERSONNEL],
    ['organizations', settings.SUBGRAPH_URL_ORGANIZATIONS],
    ['households', settings.SUBGRAPH_URL_HOUSEHOLDS],
    ['cases', settings.SUBGRAPH_URL_CASES],
  ]);
}

/**
 * Keeps @apollo/gateway from sending measurements of this machine to its maker. It reads this variable, and nothing
 * else, when it is constructed.
 */
export function silenceApolloTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}
