import { developmentSecrets, demoToken } from '@frontline/dev';
import { internalTokens, type InternalTokens } from '@frontline/platform/process';
import type { Actor } from '@frontline/access';

/** The four services, in the order of their ports after the gateway's. */
export const services = ['personnel', 'organizations', 'households', 'cases'] as const;
export type Service = (typeof services)[number];

/** What a process has used since it began, from its `/metrics`. */
export interface Reading {
  /** Seconds of CPU, user and system together. */
  cpu: number;
  /** Resident memory in bytes. */
  resident: number;
  /** SQL statements sent; 0 for the gateway, which has no database. */
  statements: number;
}

/** The platform that `npm start` runs, as the benchmarks see it. */
export interface RunningPlatform {
  gateway: string;
  urlOf(service: Service): string;
  tokens: InternalTokens;
  /** Who a demo account is, as the gateway would tell the services. */
  actorOf(role: string): Promise<Actor>;
  demoToken(role: string): Promise<string>;
  read(process: Service | 'gateway'): Promise<Reading>;
}

/** Finds the platform of this checkout behind a gateway's URL; fails readably where none answers. */
export async function runningPlatform(gateway: string): Promise<RunningPlatform> {
  const { INTERNAL_SECRET } = await developmentSecrets();
  const tokens = internalTokens(INTERNAL_SECRET);
  const at = new URL(gateway);
  const urlOf = (service: Service) => `http://127.0.0.1:${Number(at.port) + 1 + services.indexOf(service)}`;
  const ready = await fetch(new URL('/readyz', gateway)).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!ready) throw new Error(`Nothing is ready at ${gateway}. Run \`npm start\` in another terminal first.`);
  return {
    gateway,
    urlOf,
    tokens,
    demoToken: (role) => demoToken(role),
    async actorOf(role) {
      const sub = `demo:${role}`;
      const system = await tokens.sign('personnel', { kind: 'system', service: 'gateway' });
      const answer = await fetch(`${urlOf('personnel')}/internal/identity`, {
        method: 'POST',
        headers: { authorization: `Bearer ${system}`, 'content-type': 'application/json' },
        body: JSON.stringify({ sub }),
      });
      if (!answer.ok) throw new Error(`There is no demo account for ${role}.`);
      return { kind: 'person', sub, ...((await answer.json()) as object) } as Actor;
    },
    read: async (process) => readingOf(await scraped(process === 'gateway' ? gateway : urlOf(process))),
  };
}

const scraped = async (url: string): Promise<string> => (await fetch(new URL('/metrics', url))).text();

/** What a process says in its `/metrics`. */
export function readingOf(metrics: string): Reading {
  const value = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
  return {
    cpu: value('process_cpu_seconds_total'),
    resident: value('process_resident_memory_bytes'),
    statements: value('sql_statements_total'),
  };
}
