import { describeWith, eventually, PlatformUnderTest, type AppReadiness } from '@frontline/testing';
import { oneStreet } from '../first-flow/one-street.fixture.ts';
import { demandShows, expectOneCaseEach, recordVisit } from '../first-flow/visit.fixture.ts';

describeWith('kafka')('a broker that asks for TLS and a password', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start({ ...oneStreet, broker: 'secured' });
  });
  afterAll(() => platform?.stop());

  const visits: string[] = [];

  /** Restarts the services of the first flow with other settings. */
  async function restartWith(settings: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    const before = platform.set(settings);
    for (const name of ['organizations', 'cases'] as const) {
      await platform.services[name].stop();
      await platform.services[name].start();
    }
    return before;
  }

  function casesSay(what: string, holds: (state: AppReadiness) => boolean): Promise<AppReadiness | undefined> {
    return eventually(
      what,
      () => platform.services.cases.readiness(),
      (state) => state !== undefined && holds(state),
      { withinMs: 60_000 },
    );
  }

  it.each(['scram-sha-512', 'scram-sha-256', 'plain'])('carries a demand to its case with %s', async (mechanism) => {
    if (mechanism !== 'scram-sha-512') await restartWith({ KAFKA_SASL_MECHANISM: mechanism });
    const activityId = await recordVisit(platform, `secured-${mechanism}`);
    visits.push(activityId);
    await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
    await casesSay('cases consumes and publishes', ({ degraded }) => degraded === undefined);
  });

  it('leaves services ready with a wrong password, saying why, and is followed again with the right one', async () => {
    const before = await restartWith({ KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_PASSWORD: 'not-this-one' });
    const state = await casesSay('cases names the password', ({ degraded }) =>
      /authentication/i.test(degraded?.join() ?? ''),
    );
    expect(state).toMatchObject({ ready: true });
    expect(JSON.stringify(state)).not.toContain('not-this-one');
    const activityId = await recordVisit(platform, 'wrong-password');
    visits.push(activityId);
    await restartWith(before);
    await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
  });

  it('leaves services ready when they do not trust its certificate, saying why', async () => {
    await platform.services.cases.stop();
    const before = platform.set({ KAFKA_SSL_CA: undefined });
    await platform.services.cases.start();
    await casesSay('cases names the certificate', ({ degraded }) => /certificate/i.test(degraded?.join() ?? ''));
    platform.set(before);
  });
});
