import { Kafka, logLevel, type Admin, type IHeaders } from 'kafkajs';

/** A message as it lies on a topic. */
export interface TopicMessage {
  partition: number;
  key: string;
  value: string;
  headers: Record<string, string>;
}

function kafka(bootstrap: string): Kafka {
  return new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 8, initialRetryTime: 100 } });
}

async function withAdmin<T>(bootstrap: string, act: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka(bootstrap).admin();
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Everything that lies on a topic now, each partition in its order. A topic that doesn't exist has nothing. */
export async function messagesOn(bootstrap: string, topic: string): Promise<TopicMessage[]> {
  const ends = await withAdmin(bootstrap, async (admin) =>
    (await admin.listTopics()).includes(topic) ? admin.fetchTopicOffsets(topic) : [],
  );
  let missing = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (missing === 0) return [];
  const found: TopicMessage[] = [];
  const consumer = kafka(bootstrap).consumer({ groupId: `test.${crypto.randomUUID()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      void consumer.run({
        eachMessage: async ({ partition, message: { key, value, headers } }) => {
          found.push({ partition, key: String(key), value: String(value), headers: texts(headers) });
          if ((missing -= 1) === 0) resolve();
        },
      });
    });
  } finally {
    await consumer.disconnect();
  }
  return found;
}

/** Puts a message on its topic again as it is, `times` over. */
export async function sendAgain(bootstrap: string, topic: string, message: TopicMessage, times: number): Promise<void> {
  const producer = kafka(bootstrap).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic, messages: Array.from({ length: times }, () => message) });
  } finally {
    await producer.disconnect();
  }
}

/** Takes everything off a topic, as its retention does with time. */
export async function forget(bootstrap: string, topic: string): Promise<void> {
  await withAdmin(bootstrap, async (admin) => {
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({
      partition,
      offset: high,
    }));
    await admin.deleteTopicRecords({ topic, partitions });
  });
}

/** Sets a consumer group, whose members must be gone, back to the beginning of a topic. */
export async function rewind(bootstrap: string, groupId: string, topic: string): Promise<void> {
  await withAdmin(bootstrap, (admin) => admin.resetOffsets({ groupId, topic, earliest: true }));
}

/** The full name of the one consumer group whose name begins like this. */
export async function groupOf(bootstrap: string, prefix: string): Promise<string> {
  const { groups } = await withAdmin(bootstrap, (admin) => admin.listGroups());
  const found = groups.map(({ groupId }) => groupId).filter((name) => name.startsWith(`${prefix}.`));
  if (found.length !== 1) throw new Error(`${found.length} groups are named ${prefix}.…`);
  return found[0] as string;
}

/** Members that a consumer group has at the moment. */
export async function membersOf(bootstrap: string, groupId: string): Promise<number> {
  return withAdmin(bootstrap, async (admin) => {
    const { groups } = await admin.describeGroups([groupId]);
    return groups[0]?.members.length ?? 0;
  });
}

function texts(headers: IHeaders | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
