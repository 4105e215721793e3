import { declaredEnums } from './domain-enum.ts';
import { declaredErrors } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { columnsOf } from './tables/table-kind.ts';

/**
 * What a subgraph takes from others, offers to them and refuses with, and what its enum values are called, as JSON: the source
 * of what spans several services (who tells whom what, the error catalogue, the names of enum values). Committed as catalogue.json.
 */
export function serviceCatalogue({
  name,
  consumers = [],
  copies = [],
  copyFollowers = [],
  snapshots = [],
  tables = [],
}: Manifest): string {
  const catalogue = {
    service: name,
    consumers: Object.fromEntries(
      consumers.map((consumer) => [consumer.name, consumer.events.map(({ type }) => type)]),
    ),
    copies: [...new Set([...copies, ...copyFollowers.map(({ record }) => record)])].map(({ aggregate }) => aggregate),
    snapshots: snapshots.map(({ record }) => record.aggregate),
    enums: declaredEnums(),
    errors: declaredErrors(),
    tables: tables.map((kind) => ({
      name: kind.name,
      zh: kind.zh,
      en: kind.en,
      columns: columnsOf(kind).map(({ code, zh, en, about, required }) => ({ code, zh, en, about, required })),
    })),
  };
  return `${JSON.stringify(catalogue, undefined, 2)}\n`;
}
