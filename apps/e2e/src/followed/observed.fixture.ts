import { eventually, type PlatformUnderTest, type ServiceName } from '@frontline/testing';
import { messagesOn, sendAgain } from '../first-flow/topics.fixture.ts';
import { consumed } from '../first-flow/visit.fixture.ts';

/** Waits for what follows from something that was just done, and says how long it took; how long is never a condition. */
export async function follows<T>(what: string, look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  const done = performance.now();
  const found = await eventually(what, look, holds, { withinMs: 60_000 });
  process.stdout.write(`${what}: seen through the gateway after ${Math.round(performance.now() - done)} ms\n`);
  return found;
}

/** Facts of a type about an aggregate, as they lie on its topic; the same message sent again counts once. */
export async function factsAbout(
  platform: PlatformUnderTest,
  topic: string,
  type: string,
  about?: string,
): Promise<string[]> {
  const messages = await messagesOn(platform.broker.bootstrap, topic);
  const found = messages.filter(({ key, headers }) => headers['ce_type'] === type && (!about || key === about));
  return [...new Set(found.map(({ headers }) => headers['ce_id'] as string))];
}

/** Puts the latest fact of a type on its topic twice more, and waits until each of these consumers has dropped both. */
export async function deliverTwiceMore(
  platform: PlatformUnderTest,
  topic: string,
  type: string,
  consumers: readonly { service: ServiceName; consumer: string }[],
): Promise<void> {
  const { bootstrap } = platform.broker;
  const message = (await messagesOn(bootstrap, topic)).filter(({ headers }) => headers['ce_type'] === type).at(-1);
  if (!message) throw new Error(`no ${type} lies on ${topic}`);
  const dropped = async ({ service, consumer }: (typeof consumers)[number]) =>
    (await consumed(platform, service, consumer))['dropped'] ?? 0;
  const before = await Promise.all(consumers.map(dropped));
  await sendAgain(bootstrap, topic, message, 2);
  for (const [at, each] of consumers.entries())
    await eventually(
      `${each.consumer} has dropped both`,
      () => dropped(each),
      (count) => count === (before[at] as number) + 2,
      { withinMs: 60_000 },
    );
}
