import { filesUnder, readCommitted } from './repository.ts';

/** A failure as its definition says it; see `ErrorDefinition` of libs/platform. */
export interface CataloguedError {
  kind: string;
  en: string;
  zh: string;
  field?: string;
  status?: number;
}

/** An enum as its service declares it; see `DomainEnum` of libs/platform. */
export interface CataloguedEnum {
  name: string;
  zh: string;
  description: string;
  values: Record<string, { zh: string; en: string; description?: string }>;
}

/** A table that is exchanged as a file; see `TableKind` of libs/platform. */
export interface CataloguedTable {
  name: string;
  zh: string;
  en: string;
  columns: readonly { code: string; zh: string; en: string; about: string; required: boolean }[];
}

/** What a service committed about itself in apps/<service>/catalogue.json; the gateway has failures only. */
export interface ServiceCatalogue {
  service: string;
  /** Event types by the name of the consumer. */
  consumers?: Record<string, readonly string[]>;
  /** Aggregates of others of which it keeps records. */
  copies?: readonly string[];
  /** Own aggregates that it serves as snapshots. */
  snapshots?: readonly string[];
  /** Its enums with the names of their values. */
  enums?: readonly CataloguedEnum[];
  errors: Record<string, CataloguedError>;
  /** Tables that it exchanges as files. */
  tables?: readonly CataloguedTable[];
}

/** The services in the order in which documents name them. */
const services = ['personnel', 'organizations', 'households', 'cases', 'gateway'];

/** What every service and the gateway committed about themselves. */
export function committedCatalogues(): ServiceCatalogue[] {
  return services.map((service) => {
    const file = readCommitted(`apps/${service}/catalogue.json`);
    if (file === undefined) throw new Error(`apps/${service}/catalogue.json is missing: run npm run generate`);
    return JSON.parse(file) as ServiceCatalogue;
  });
}

/** Source files of a service that make events, by the name under which libs/events exports the contract. */
export function emittingFiles(service: string, names: readonly string[]): Map<string, string[]> {
  const files = filesUnder(`apps/${service}/src`).filter(
    (path) => path.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(path),
  );
  const found = new Map<string, string[]>();
  for (const path of files) {
    const source = readCommitted(path) ?? '';
    for (const [, name = ''] of source.matchAll(/\b(\w+)\s*\.of\(/g)) {
      if (!names.includes(name)) continue;
      const known = found.get(name) ?? [];
      if (!known.includes(path)) found.set(name, [...known, path]);
    }
  }
  return found;
}
