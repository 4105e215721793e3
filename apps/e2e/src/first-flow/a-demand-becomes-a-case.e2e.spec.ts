import { describeWith, PlatformUnderTest } from '@frontline/testing';
import { oneStreet } from './one-street.fixture.ts';
import { messagesOn } from './topics.fixture.ts';
import {
  acceptCase,
  ACTIVITY_TOPIC,
  allCases,
  CASE_TOPIC,
  demandsOf,
  demandShows,
  expectNoGaps,
  expectNothingWaits,
  expectOneCaseEach,
  recordVisit,
} from './visit.fixture.ts';

describeWith('kafka')('what is heard at a door', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(oneStreet);
  });
  afterAll(() => platform?.stop());

  it('becomes exactly one case where a case is needed, and the visit shows its number and where it stands', async () => {
    const activityId = await recordVisit(platform, 'door-to-case-1');
    const { CASE: demand } = await demandShows(platform, activityId, 'REGISTERED');
    expect(demand?.caseNumber).toBe('2018-000001');
    await expectOneCaseEach(platform, [activityId]);
  });

  it('is told to others by ids, codes and states alone', async () => {
    const [event] = await messagesOn(platform.broker.bootstrap, ACTIVITY_TOPIC);
    expect(event?.headers).toMatchObject({ ce_type: 'activity.recorded', ce_sequence: '1', ce_subject: event?.key });
    expect(event?.value).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('shows what becomes of its case later', async () => {
    const activityId = await recordVisit(platform, 'door-to-case-1');
    await acceptCase(platform, (await demandsOf(platform, activityId))['CASE']?.caseNumber);
    await demandShows(platform, activityId, 'ACCEPTED');
    await expectOneCaseEach(platform, [activityId]);
    const [accepted] = await allCases(platform);
    expect(accepted?.moves).toEqual([{ state: 'REGISTERED' }, { state: 'ACCEPTED' }]);
  });

  it('is recorded once, however often the same request comes', async () => {
    const first = await recordVisit(platform, 'door-to-case-2');
    const again = await Promise.all([1, 2, 3].map(() => recordVisit(platform, 'door-to-case-2')));
    expect(new Set([first, ...again]).size).toBe(1);
    await demandShows(platform, first, 'REGISTERED');
    expect(Object.keys(await demandsOf(platform, first))).toHaveLength(3);
    expect(await messagesOn(platform.broker.bootstrap, ACTIVITY_TOPIC)).toHaveLength(2);
    expect(await allCases(platform)).toHaveLength(2);
  });

  it('leaves whole histories on the topics, and nothing waiting', async () => {
    await expectNoGaps(platform, ACTIVITY_TOPIC);
    await expectNoGaps(platform, CASE_TOPIC);
    await expectNothingWaits(platform);
  });
});
