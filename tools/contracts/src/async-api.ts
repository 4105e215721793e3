import { contracts, topicOf, topics, type EventContract } from '@frontline/events';
import { dataSchema } from './json-schema.ts';

const text = (description: string) => ({ type: 'string', description });
const uuid = (description: string) => ({ type: 'string', format: 'uuid', description });
const count = (description: string) => ({ type: 'string', pattern: '^[0-9]+$', description });

/** The headers of every event: CloudEvents 1.0 in Kafka's binary mode. Kafka headers are bytes, so all are text. */
const headers = {
  type: 'object',
  required: [
    'content-type',
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_subject',
    'ce_time',
    'ce_partitionkey',
    'ce_sequence',
    'ce_epoch',
  ],
  properties: {
    'content-type': { type: 'string', const: 'application/json' },
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: uuid('Id of the event; the same in every delivery and replay.'),
    ce_type: text('Type of the event; look here first, and skip what you don’t know.'),
    ce_source: text('Which service emitted it.'),
    ce_subject: uuid('Id of the aggregate.'),
    ce_time: { type: 'string', format: 'date-time', description: 'When it happened, by the district’s clock, in UTC.' },
    ce_partitionkey: uuid('The message key: id of the aggregate.'),
    ce_sequence: count('The aggregate’s count of emitted events, from 1, without gaps.'),
    ce_epoch: count('Rises when the owner’s database was restored to an earlier state and sequences are used again.'),
    ce_correlationid: text('The request that led to it.'),
    ce_causationid: uuid('The event that led to it.'),
    ce_traceparent: text('W3C trace context.'),
  },
};

/** The AsyncAPI 3 document of all topics and events, from their contracts. `version` is the platform's. */
export function asyncApi(version: string): object {
  const all = [...contracts.values()];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Frontline domain events',
      version,
      description:
        'What happened in the district: CloudEvents 1.0 over Kafka in binary mode, ids, codes, states and times without personal data. Delivered at least once and in order per key. Within a major, types, optional fields and enum values are only added: skip types and ignore fields that you don’t know.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      topics.map(({ topic, partitions, retentionMs, cleanup }) => [
        topic,
        {
          address: topic,
          description: `All events of one aggregate, keyed by its id.`,
          messages: Object.fromEntries(
            carriedBy(topic, all).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]),
          ),
          bindings: {
            kafka: {
              topic,
              partitions,
              topicConfiguration: { 'cleanup.policy': [cleanup], 'retention.ms': retentionMs },
              bindingVersion: '0.5.0',
            },
          },
        },
      ]),
    ),
    operations: Object.fromEntries(
      topics.map(({ topic }) => [
        `send.${topic}`,
        {
          action: 'send',
          channel: { $ref: `#/channels/${topic}` },
          summary: `Emitted by ${topic.split('.')[1]}.`,
          messages: carriedBy(topic, all).map(({ type }) => ({ $ref: `#/channels/${topic}/messages/${type}` })),
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(all.map((contract) => [contract.type, message(contract)])),
      messageTraits: {
        cloudEvent: {
          headers,
          bindings: {
            kafka: {
              key: { type: 'string', format: 'uuid', description: 'Id of the aggregate.' },
              bindingVersion: '0.5.0',
            },
          },
        },
      },
    },
  };
}

function carriedBy(topic: string, all: readonly EventContract[]): EventContract[] {
  return all.filter((contract) => topicOf(contract) === topic);
}

function message(contract: EventContract): object {
  const { type, properties, required } = dataSchema(contract);
  return {
    name: contract.type,
    title: contract.type,
    summary: contract.when,
    description: contract.why,
    contentType: 'application/json',
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    payload: { type, properties, required },
  };
}
