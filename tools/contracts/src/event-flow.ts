import * as events from '@frontline/events';
import { records, topicOf, type EventContract } from '@frontline/events';
import { emittingFiles, type ServiceCatalogue } from './service-catalogue.ts';

/** One event type: who makes it, and who does what with it. */
export interface EventFlow {
  type: string;
  topic: string;
  publisher: string;
  /** Source files in which it is made; none while no code emits it. */
  madeIn: readonly string[];
  /** `service: consumer`, for each consumer that is called with it. */
  consumers: readonly string[];
  /** Services that copy the record which it carries. */
  copiedBy: readonly string[];
}

/** Contracts by the name under which code imports them. */
const exported = Object.entries<unknown>(events).flatMap(([name, value]) => {
  const contract = [...events.contracts.values()].find((one) => one === value);
  return contract ? [[name, contract] as const] : [];
});

/** How every event travels, by publisher and topic. */
export function eventFlows(catalogues: readonly ServiceCatalogue[]): EventFlow[] {
  return catalogues.flatMap(({ service }) => {
    const own = exported.filter(([, { context }]) => context === service);
    const madeIn = emittingFiles(
      service,
      own.map(([name]) => name),
    );
    return own
      .map(([name, contract]) => ({
        type: contract.type,
        topic: topicOf(contract),
        publisher: service,
        madeIn: madeIn.get(name) ?? [],
        consumers: catalogues.flatMap(({ service: reader, consumers = {} }) =>
          Object.entries(consumers).flatMap(([consumer, types]) =>
            types.includes(contract.type) ? `${reader}: ${consumer}` : [],
          ),
        ),
        copiedBy: carriesRecord(contract)
          ? catalogues.flatMap(({ service: reader, copies = [] }) =>
              copies.includes(contract.aggregate) ? reader : [],
            )
          : [],
      }))
      .sort((a, b) => (a.topic === b.topic ? 0 : a.topic < b.topic ? -1 : 1));
  });
}

function carriesRecord({ aggregate, data }: EventContract): boolean {
  return records.has(aggregate) && 'record' in (data as unknown as { shape: object }).shape;
}

/** The table publisher × event × consumer in Markdown, and the snapshots that services start from. */
export function eventFlowTable(catalogues: readonly ServiceCatalogue[]): string {
  const rows = eventFlows(catalogues).map(({ publisher, type, topic, madeIn, consumers, copiedBy }) => {
    const made = madeIn.map((path) => `[${path.split('/').at(-1)}](../${path})`).join(', ') || 'no code yet';
    const page = `events/${topic}.md#${type.toLowerCase().replaceAll('.', '')}`;
    return `| ${publisher} | [${type}](${page}) | ${made} | ${consumers.join(', ')} | ${copiedBy.join(', ')} |`;
  });
  const snapshots = catalogues.flatMap(({ service, snapshots: own = [] }) =>
    own.map((aggregate) => {
      const copying = catalogues.flatMap(({ service: reader, copies = [] }) =>
        copies.includes(aggregate) ? reader : [],
      );
      return `| ${service} | \`${aggregate}Snapshot\` | ${copying.join(', ')} |`;
    }),
  );
  return [
    '| publisher | event | made in | consumers | copied by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '| owner | snapshot | services that start from it |',
    '| --- | --- | --- |',
    ...snapshots,
  ].join('\n');
}
