import { contracts, topicOf, topics } from '@frontline/events';
import { asyncApi } from './async-api.ts';
import type { PublishedContracts } from './compatibility.ts';
import { enumNames } from './enum-names.ts';
import { errorPage } from './error-page.ts';
import { eventFlowTable } from './event-flow.ts';
import { eventPages, type Sample } from './event-pages.ts';
import { dataSchema, type JsonSchema } from './json-schema.ts';
import { filesUnder, readCommitted } from './repository.ts';
import { committedCatalogues } from './service-catalogue.ts';
import { tablePage } from './table-page.ts';

/** Where the JSON Schemas stand: a folder per topic, and how the topics are cut. They are the state to be compatible with. */
export const CONTRACTS = 'libs/events/contracts';
/** Where the golden samples stand, a file per event type. */
export const SAMPLES = 'libs/events/samples';
/** Where the event catalogue stands. */
export const CATALOGUE = 'docs/events';

/** From where the organizations service answers what the enum values of the whole graph are called. */
const ENUM_NAMES = 'apps/organizations/src/district/enum-names.generated.ts';

const TOPICS = `${CONTRACTS}/topics.json`;

const ARCHITECTURE = 'docs/architecture.md';

/** What stands between these lines of docs/architecture.md is written by `npm run generate`. */
const TABLE = /(<!-- generated: event flow -->\n)[^]*?(\n<!-- end of generated -->)/;

function withTable(page: string, table: string): string {
  if (!TABLE.test(page)) throw new Error(`${ARCHITECTURE} lacks the lines between which the table of events stands`);
  return page.replace(TABLE, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
}

/** Folders in which every file is generated: what is not generated any more has to go. */
export const generatedFolders = [CONTRACTS, CATALOGUE];

/** The contracts as the code declares them. */
export function declaredContracts(): PublishedContracts {
  const schemas: Record<string, Record<string, JsonSchema>> = {};
  for (const contract of contracts.values()) (schemas[topicOf(contract)] ??= {})[contract.type] = dataSchema(contract);
  return { schemas, partitions: Object.fromEntries(topics.map(({ topic, partitions }) => [topic, partitions])) };
}

/** The contracts that files hold, by path: those that are committed, or those of an earlier commit. */
export function contractsIn(files: ReadonlyMap<string, string>): PublishedContracts {
  const schemas: Record<string, Record<string, JsonSchema>> = {};
  let partitions: Record<string, number> = {};
  for (const [path, content] of files) {
    if (path === TOPICS) partitions = JSON.parse(content) as Record<string, number>;
    const [, topic, type] = /\/([^/]+)\/([^/]+)\.schema\.json$/.exec(path) ?? [];
    if (topic && type) (schemas[topic] ??= {})[type] = JSON.parse(content) as JsonSchema;
  }
  return { schemas, partitions };
}

/** The committed contracts: what everybody out there relies on. */
export function committedContracts(): PublishedContracts {
  return contractsIn(new Map(filesUnder(CONTRACTS).map((path) => [path, readCommitted(path) ?? ''])));
}

/** The committed golden samples by event type. */
export function committedSamples(): Map<string, Sample> {
  return new Map(
    filesUnder(SAMPLES).map((path) => [
      path.slice(SAMPLES.length + 1).replace(/\.json$/, ''),
      JSON.parse(readCommitted(path) ?? '') as Sample,
    ]),
  );
}

/** Every generated file by its path in the repository. */
export function documents(): Map<string, string> {
  const { schemas, partitions } = declaredContracts();
  const files = new Map<string, string>([[TOPICS, json(partitions)]]);
  for (const [topic, types] of Object.entries(schemas))
    for (const [type, schema] of Object.entries(types))
      files.set(`${CONTRACTS}/${topic}/${type}.schema.json`, json(schema));
  for (const [name, page] of eventPages(committedSamples())) files.set(`${CATALOGUE}/${name}`, page);
  files.set(`${CATALOGUE}/asyncapi.json`, json(asyncApi(platformVersion())));
  const catalogues = committedCatalogues();
  files.set('docs/errors.md', errorPage(catalogues));
  files.set('docs/tables.md', tablePage(catalogues));
  files.set(ENUM_NAMES, enumNames(catalogues));
  files.set(ARCHITECTURE, withTable(readCommitted(ARCHITECTURE) ?? '', eventFlowTable(catalogues)));
  return files;
}

/** What is wrong with the committed files, a sentence each: compared with what the code makes now. */
export function staleDocuments(): string[] {
  const expected = documents();
  const stale = [...expected].filter(([path, content]) => readCommitted(path) !== content);
  const left = generatedFolders.flatMap(filesUnder).filter((path) => !expected.has(path));
  return [
    ...stale.map(([path]) => `${path} is not what the code makes: run npm run generate`),
    ...left.map((path) => `${path} is not generated any more: run npm run generate`),
  ];
}

function platformVersion(): string {
  return (JSON.parse(readCommitted('package.json') ?? '{}') as { version: string }).version;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
