import { describeWith, eventually, PlatformUnderTest, SERVICES } from '@frontline/testing';
import { oneStreet } from './one-street.fixture.ts';
import {
  acceptCase,
  ACTIVITY_TOPIC,
  CASE_TOPIC,
  demandShows,
  demandsOf,
  expectNoGaps,
  expectNothingWaits,
  expectOneCaseEach,
  recordVisit,
} from './visit.fixture.ts';

describeWith('kafka')('a broker that is down', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(oneStreet);
  });
  afterAll(() => platform?.stop());

  const visits: string[] = [];
  const nobodyIsDegraded = () =>
    eventually(
      'every service consumes and publishes again',
      () => Promise.all(SERVICES.map((name) => platform.services[name].readiness())),
      (states) => states.every((state) => state?.ready && !state.degraded),
      { withinMs: 90_000 },
    );

  it('keeps nobody from recording: services stay ready and say that they are degraded', async () => {
    visits.push(await recordVisit(platform, 'before-the-outage'));
    await demandShows(platform, visits[0] as string, 'REGISTERED');
    await platform.broker.stop();
    const during = await recordVisit(platform, 'during-the-outage');
    visits.push(during);
    for (const name of ['organizations', 'cases'] as const) {
      const state = await eventually(
        `${name} has noticed`,
        () => platform.services[name].readiness(),
        (found) => found?.degraded !== undefined,
      );
      // relay and consumers may each have a reason of their own
      expect(state).toMatchObject({ ready: true, degraded: expect.arrayContaining([expect.any(String)]) });
    }
    expect((await demandsOf(platform, during))['CASE']).toMatchObject({ caseNumber: null, caseState: null });
  });

  it('takes everything that waited once it is back, in order and once', async () => {
    await platform.broker.start();
    for (const activityId of visits) await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
    await nobodyIsDegraded();
  });

  it('loses nothing when it is killed while events are on their way', async () => {
    const burst = Array.from({ length: 30 }, (_, nth) => recordVisit(platform, `while-it-dies-${nth}`));
    visits.push(await Promise.race(burst));
    await platform.broker.kill();
    visits.push(...(await Promise.all(burst)).filter((activityId) => !visits.includes(activityId)));
    await acceptCase(platform, (await demandsOf(platform, visits[0] as string))['CASE']?.caseNumber);
    await platform.broker.start();
    await demandShows(platform, visits[0] as string, 'ACCEPTED');
    for (const activityId of visits.slice(1)) await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
  });

  it('leaves whole histories on the topics, and nothing waiting', async () => {
    await expectNoGaps(platform, ACTIVITY_TOPIC);
    await expectNoGaps(platform, CASE_TOPIC);
    await expectNothingWaits(platform);
  });
});
