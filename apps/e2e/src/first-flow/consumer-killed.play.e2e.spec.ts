import { describeWith, eventually, PlatformUnderTest } from '@frontline/testing';
import { oneStreet } from './one-street.fixture.ts';
import {
  ACTIVITY_TOPIC,
  allCases,
  CASE_TOPIC,
  demandShows,
  demandsOf,
  expectNoGaps,
  expectNothingWaits,
  expectOneCaseEach,
  recordVisit,
} from './visit.fixture.ts';

describeWith('kafka')('a cases service that is killed', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(oneStreet);
  });
  afterAll(() => platform?.stop());

  const visits: string[] = [];

  it('before a visit is recorded: the visit is recorded all the same, and its case opens once the service is back', async () => {
    await platform.services.cases.kill();
    const activityId = await recordVisit(platform, 'while-cases-is-dead');
    visits.push(activityId);
    expect((await demandsOf(platform, activityId))['CASE']).toMatchObject({ caseNumber: null, caseState: null });
    await platform.services.cases.start();
    await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
  });

  it('in the middle of many: each demand has its one case once it is back', async () => {
    const burst = Array.from({ length: 40 }, (_, nth) => recordVisit(platform, `one-of-many-${nth}`));
    await eventually(
      'it is at work',
      () => allCases(platform),
      (cases) => cases.length > visits.length,
    );
    await platform.services.cases.kill();
    visits.push(...(await Promise.all(burst)));
    await platform.services.cases.start();
    for (const activityId of visits) await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
  });

  it('leaves whole histories on the topics, and nothing waiting', async () => {
    await expectNoGaps(platform, ACTIVITY_TOPIC);
    await expectNoGaps(platform, CASE_TOPIC);
    await expectNothingWaits(platform);
  });
});
