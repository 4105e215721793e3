import { join } from 'node:path';
import { developmentSecrets } from '@frontline/dev';
import { askOnce, type Asked } from './load.ts';
import { compare, type Side } from './sides.ts';
import { startForked } from './forked.ts';
import { services, type RunningPlatform } from './running-platform.ts';
import type { StockGateway } from './stock-gateway.ts';

const supergraph = join(import.meta.dirname, '..', '..', '..', 'apps', 'gateway', 'supergraph.graphql');

/** One subdistrict's page over all four services: who contacts it, what they owe, what they heard, what became of it. */
const query = `query SubdistrictPage {
  viewer { places { organization {
    code name
    contacts(first: 10) { nodes {
      scheme
      contactors { cadre { name rank posts { title organization { name } } } }
      duties(first: 5, filter: { from: "2018-08-01", to: "2018-08-31" }) { nodes { activity state windowStart windowEnd } }
      activities(first: 3) { nodes { kind heldAt summary demands { text disposition case {
        number title state promiseDueAt hopDueAt
        household { address masked head { name } grid { code name teams { nodes { name participants(first: 2) { totalCount } } } } }
      } } } }
    } }
    cases(first: 10, filter: { open: true }, order: DUE) { totalCount nodes {
      number title state promiseDueAt
      household { address masked grid { code name teams { nodes { name } } } }
    } }
    grids(first: 10) { totalCount nodes { code name leader { name } } }
  } } }
}`;

/** The flagship query of `design/performance.md` through our gateway and through the documented one; services' cost below. */
export async function flagship(platform: RunningPlatform, rounds: number): Promise<void> {
  const { INTERNAL_SECRET: secret } = await developmentSecrets();
  const argument: StockGateway = {
    supergraph,
    secret,
    urls: Object.fromEntries(services.map((service) => [service, `${platform.urlOf(service)}/graphql`])),
    actor: await platform.actorOf('SUBDISTRICT'),
  };
  const stock = await startForked('stock-gateway', argument);
  try {
    const body = JSON.stringify({ query });
    const ours: Asked = {
      url: `${platform.gateway}/graphql`,
      headers: { authorization: `Bearer ${await platform.demoToken('SUBDISTRICT')}` },
      body,
    };
    const theirs: Asked = { url: stock.url, headers: {}, body };
    const [answer, other] = [await askOnce(ours), await askOnce(theirs)];
    if (answer !== other) throw new Error('The two gateways answer the flagship query differently.');
    const below = async () => {
      const all = await Promise.all(services.map((service) => platform.read(service)));
      return {
        cpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
        statements: all.reduce((sum, { statements }) => sum + statements, 0),
        resident: all.reduce((sum, { resident }) => sum + resident, 0),
      };
    };
    const statements = async () => (await below()).statements;
    const sides: Side[] = [
      {
        name: 'our gateway',
        asked: async () => ours,
        used: async () => ({ ...(await platform.read('gateway')), statements: await statements() }),
      },
      {
        name: '@apollo/gateway as documented',
        asked: async () => theirs,
        used: async () => ({ ...(await stock.used()), statements: await statements() }),
      },
      { name: 'the four services below our gateway', asked: async () => ours, used: below },
    ];
    await compare(`Flagship query (${Buffer.byteLength(answer)} bytes)`, sides, {
      rounds,
      requests: 200,
      concurrency: 8,
    });
  } finally {
    await stock.stop();
  }
}
