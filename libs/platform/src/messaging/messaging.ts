import type { Registry } from 'prom-client';
import type { SubgraphSettings } from '../config.ts';
import type { InternalTokens } from '../internal-token.ts';
import type { Manifest } from '../manifest.ts';
import type { OpenSubgraph } from '../subgraph.ts';

/** What a running subgraph knows of its events. */
export interface Messaging {
  /** `reasons`: what keeps it from being ready (copies never filled); `degraded`: what can wait (no broker). */
  health(): { degraded: string[]; reasons: string[] };
  stop(): Promise<void>;
}

/** What messaging is started with. */
export interface MessagingOptions {
  manifest: Manifest;
  settings: SubgraphSettings;
  open: OpenSubgraph;
  tokens: InternalTokens;
  metrics: Registry;
}

/** Starts relay, consumers and copies of a subgraph. */
export async function startMessaging(_options: MessagingOptions): Promise<Messaging> {
  return {
    health: () => ({ degraded: ['no broker is configured: events wait in the outbox'], reasons: [] }),
    stop: async () => {},
  };
}
