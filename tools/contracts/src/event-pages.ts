import { contracts, records, topicOf, topics, type EventContract } from '@frontline/events';
import { dataSchema, fieldsOf } from './json-schema.ts';

const NOTICE = '<!-- Written by `npm run generate` from libs/events. Change it there. -->';
const DAY_MS = 24 * 60 * 60 * 1000;

/** A golden sample as its file holds it. */
export interface Sample {
  key: string;
  headers: Record<string, string>;
  value: string;
}

/** The pages of the event catalogue by file name: an index, and a page per topic. `samples` are by event type. */
export function eventPages(samples: ReadonlyMap<string, Sample>): Map<string, string> {
  const pages = new Map([['README.md', index()]]);
  for (const { topic } of topics) pages.set(`${topic}.md`, topicPage(topic, samples));
  return pages;
}

function carriedBy(topic: string): EventContract[] {
  return [...contracts.values()].filter((contract) => topicOf(contract) === topic);
}

function index(): string {
  const rows = topics.flatMap(({ topic }) =>
    carriedBy(topic).map(({ type, when }) => `| [\`${type}\`](${topic}.md#${anchor(type)}) | \`${topic}\` | ${when} |`),
  );
  return [
    NOTICE,
    '',
    '# Event catalogue · 事件目录',
    '',
    'Every event that the services publish: when and why it is emitted, its topic, key, fields and an example. The same for machines: [asyncapi.json](asyncapi.json), and JSON Schemas in [libs/events/contracts](../../libs/events/contracts). How to read the topics: [for integration partners](../integration-partners.md). Who consumes what inside the platform: [architecture](../architecture.md#who-tells-whom-what).',
    '',
    '| event | topic | emitted when |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The anchor that a heading of this type gets. */
function anchor(type: string): string {
  return type.toLowerCase().replaceAll('.', '');
}

function topicPage(topic: string, samples: ReadonlyMap<string, Sample>): string {
  const declared = topics.find((one) => one.topic === topic);
  const types = carriedBy(topic);
  const [first] = types;
  if (!declared || !first) throw new Error(`No event is carried by the topic ${topic}`);
  const { aggregate, context } = first;
  const copied = records.has(aggregate);
  return [
    NOTICE,
    '',
    `# ${topic}`,
    '',
    `| | |`,
    `| --- | --- |`,
    `| owner | ${context} |`,
    `| key | id of the ${aggregate} (UUID); all its events are in one partition, in order |`,
    `| version | ${first.major}; within it, types, optional fields and enum values are only added |`,
    `| partitions | ${declared.partitions} |`,
    `| retention | ${declared.retentionMs / DAY_MS} days |`,
    ...(copied
      ? [`| snapshot | \`${aggregate}Snapshot\` in the graph; events carry the whole record as it is afterwards |`]
      : []),
    '',
    ...types.flatMap((contract) => eventSection(contract, samples.get(contract.type))),
  ].join('\n');
}

function eventSection(contract: EventContract, sample: Sample | undefined): string[] {
  const { type, when, why } = contract;
  const schemaFile = `libs/events/contracts/${topicOf(contract)}/${type}.schema.json`;
  return [
    `## ${type}`,
    '',
    `**When.** ${when}`,
    '',
    `**Why.** ${why}`,
    '',
    `Schema: [${type}.schema.json](../../${schemaFile})`,
    '',
    '| field | type | | meaning |',
    '| --- | --- | --- | --- |',
    ...fieldsOf(dataSchema(contract)).map(
      ({ path, type: kind, required, description }) =>
        `| \`${path}\` | ${kind.replaceAll('|', '\\|')} | ${required ? '' : 'optional'} | ${description} |`,
    ),
    '',
    ...(sample ? example(sample) : []),
  ];
}

function example({ key, headers, value }: Sample): string[] {
  return [
    '<details><summary>Example</summary>',
    '',
    '```text',
    `key: ${key}`,
    ...Object.entries(headers).map(([name, text]) => `${name}: ${text}`),
    '```',
    '',
    '```json',
    JSON.stringify(JSON.parse(value), undefined, 2),
    '```',
    '',
    '</details>',
    '',
  ];
}
