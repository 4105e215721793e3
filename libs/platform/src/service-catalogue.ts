import { declaredErrors } from './errors.ts';
import type { Manifest } from './manifest.ts';

/**
 * What a subgraph takes from others, offers to them and refuses with, as JSON: the source of the documents that span
 * several services (who tells whom what, the error catalogue). Committed as catalogue.json.
 */
export function serviceCatalogue({ name, consumers = [], copies = [], snapshots = [] }: Manifest): string {
  const catalogue = {
    service: name,
    consumers: Object.fromEntries(
      consumers.map((consumer) => [consumer.name, consumer.events.map(({ type }) => type)]),
    ),
    copies: copies.map(({ aggregate }) => aggregate),
    snapshots: snapshots.map(({ record }) => record.aggregate),
    errors: declaredErrors(),
  };
  return `${JSON.stringify(catalogue, undefined, 2)}\n`;
}
