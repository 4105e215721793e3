import type { CataloguedEnum, ServiceCatalogue } from './service-catalogue.ts';

/** Services that share an enum call its values by different names. */
export class NamesDiffer extends Error {}

/**
 * The names of all enum values of the graph, as the module from which the organizations service answers
 * `Query.enumNames`. An enum that several services have must be named alike in all of them, in its own words and its values'.
 */
export function enumNames(catalogues: readonly ServiceCatalogue[]): string {
  const all = new Map<string, { owner: string; declared: CataloguedEnum }>();
  for (const { service, enums = [] } of catalogues) {
    for (const declared of enums) {
      const known = all.get(declared.name);
      if (known && JSON.stringify(sorted(known.declared)) !== JSON.stringify(sorted(declared)))
        throw new NamesDiffer(
          `${known.owner} and ${service} have different names for the enum ${declared.name}: make them the same`,
        );
      if (!known) all.set(declared.name, { owner: service, declared });
    }
  }
  const list = [...all.values()].map(({ declared }) => declared).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = list.map(({ values, ...rest }) => ({
    ...rest,
    values: Object.entries(values).map(([value, names]) => ({ value, ...names })),
  }));
  return `// Written by \`npm run generate\` from the catalogue of every service.\nexport const enumNames = [\n${rows.map((row) => `  ${JSON.stringify(row)},\n`).join('')}];\n`;
}

function sorted({ values, ...rest }: CataloguedEnum): unknown {
  return [rest, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))];
}
