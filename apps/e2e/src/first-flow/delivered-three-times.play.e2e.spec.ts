import { describeWith, eventually, PlatformUnderTest, type ServiceName } from '@frontline/testing';
import { oneStreet } from './one-street.fixture.ts';
import { groupOf, membersOf, messagesOn, rewind, sendAgain } from './topics.fixture.ts';
import {
  acceptCase,
  ACTIVITY_TOPIC,
  CASE_TOPIC,
  consumed,
  demandShows,
  demandsOf,
  expectNoGaps,
  expectNothingWaits,
  expectOneCaseEach,
  recordVisit,
} from './visit.fixture.ts';

/** Who consumes what in the first flow. */
const consumers: { service: ServiceName; consumer: string; topic: string }[] = [
  { service: 'cases', consumer: 'open-cases', topic: ACTIVITY_TOPIC },
  { service: 'organizations', consumer: 'organizations.follow-cases', topic: CASE_TOPIC },
];

describeWith('kafka')('an event that is delivered three times', () => {
  let platform: PlatformUnderTest;
  let activityId: string;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(oneStreet);
    activityId = await recordVisit(platform, 'delivered-thrice');
    const { CASE: demand } = await demandShows(platform, activityId, 'REGISTERED');
    await acceptCase(platform, demand?.caseNumber);
    await demandShows(platform, activityId, 'ACCEPTED');
  });
  afterAll(() => platform?.stop());

  const bootstrap = () => platform.broker.bootstrap;
  const dropped = (service: ServiceName, consumer: string, count: number) =>
    eventually(
      `${consumer} has dropped ${count} events`,
      () => consumed(platform, service, consumer),
      (counts) => counts['dropped'] === count,
      { withinMs: 60_000 },
    );
  const nothingHasChanged = async () => {
    expect((await demandsOf(platform, activityId))['CASE']).toMatchObject({ caseState: 'ACCEPTED' });
    await expectOneCaseEach(platform, [activityId]);
    await expectNoGaps(platform, CASE_TOPIC);
    await expectNoGaps(platform, ACTIVITY_TOPIC);
    await expectNothingWaits(platform);
  };

  it.each(consumers)(
    'because the same message lies on $topic three times: $consumer drops it',
    async ({ service, consumer, topic }) => {
      const [oldest] = await messagesOn(bootstrap(), topic);
      if (!oldest) throw new Error(`nothing lies on ${topic}`);
      await sendAgain(bootstrap(), topic, oldest, 2);
      await dropped(service, consumer, 2);
      await nothingHasChanged();
    },
  );

  it.each(consumers)(
    'because $consumer begins at the start of its topic again',
    async ({ service, consumer, topic }) => {
      const all = (await messagesOn(bootstrap(), topic)).length;
      await platform.services[service].stop();
      const group = await groupOf(bootstrap(), `frontline.${service}.${consumer}`);
      await eventually(
        `${group} is empty`,
        () => membersOf(bootstrap(), group),
        (members) => members === 0,
      );
      await rewind(bootstrap(), group, topic);
      await platform.services[service].start();
      expect(await dropped(service, consumer, all)).toEqual({ dropped: all });
      await nothingHasChanged();
    },
  );
});
