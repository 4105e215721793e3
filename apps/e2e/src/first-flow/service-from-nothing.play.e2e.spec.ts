import { describeWith, eventually, PlatformUnderTest } from '@frontline/testing';
import { caseOfTheHomeVisit, ids, oneStreet } from './one-street.fixture.ts';
import { forget, messagesOn } from './topics.fixture.ts';
import {
  acceptCase,
  ACTIVITY_TOPIC,
  CASE_TOPIC,
  demandsOf,
  demandShows,
  expectNoGaps,
  expectNothingWaits,
  expectOneCaseEach,
  recordVisit,
} from './visit.fixture.ts';

const HOME_VISIT = 'query ($id: ID!) { homeVisit(id: $id) { demands { caseNumber caseState case { number state } } } }';

describeWith('kafka')('a service that starts from nothing', () => {
  let platform: PlatformUnderTest;
  const visits: string[] = [];
  beforeAll(async () => {
    platform = await PlatformUnderTest.start({ ...oneStreet, without: ['cases', 'households'] });
  });
  afterAll(() => platform?.stop());

  it('opens the case of every demand that was heard before it existed', async () => {
    visits.push(await recordVisit(platform, 'before-there-was-cases-1'));
    visits.push(await recordVisit(platform, 'before-there-was-cases-2'));
    await platform.prepare('cases', oneStreet.records?.cases);
    await platform.services.cases.start();
    for (const activityId of visits) await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
  });

  it('opens them again when its database was lost with everything that it remembered', async () => {
    await acceptCase(platform, (await demandsOf(platform, visits[0] as string))['CASE']?.caseNumber);
    await demandShows(platform, visits[0] as string, 'ACCEPTED');
    await platform.lose('cases');
    visits.push(await recordVisit(platform, 'while-cases-had-no-database'));
    await platform.prepare('cases', oneStreet.records?.cases);
    await platform.services.cases.start();
    for (const activityId of visits) await demandShows(platform, activityId, 'REGISTERED');
    await expectOneCaseEach(platform, visits);
    await expectNoGaps(platform, ACTIVITY_TOPIC);
    await expectNoGaps(platform, CASE_TOPIC);
  });

  it('fills its copies from their owner’s snapshot, whatever is left on the topic, and then follows the topic', async () => {
    const { bootstrap } = platform.broker;
    await platform.import('cases', [caseOfTheHomeVisit]);
    await eventually(
      'the imported case is told',
      () => messagesOn(bootstrap, CASE_TOPIC),
      (messages) => messages.some(({ key }) => key === caseOfTheHomeVisit.id),
    );
    await forget(bootstrap, CASE_TOPIC);
    expect(await messagesOn(bootstrap, CASE_TOPIC)).toEqual([]);
    await platform.prepare('households', oneStreet.records?.households);
    await platform.services.households.start();
    const { number } = caseOfTheHomeVisit;
    const shown = (state: string) => ({
      homeVisit: { demands: [{ caseNumber: number, caseState: state, case: { number, state } }] },
    });
    const show = () => platform.ask('SUBDISTRICT', HOME_VISIT, { id: ids.homeVisit });
    expect(await show()).toEqual(shown('REGISTERED'));
    await acceptCase(platform, number);
    await eventually('the door’s record follows its case', show, (found) => isSame(found, shown('ACCEPTED')));
    // A copy needs only the present; who follows what happens waits for what the topic has lost, until it is sent again
    await eventually(
      'an event waits for the one before it',
      () => platform.rows<Waiting>('households', 'select aggregate_id, reason from parked_event'),
      (found) => isSame(found, [{ aggregate_id: caseOfTheHomeVisit.id, reason: 'gap' }]),
    );
    const sent = ['--id', caseOfTheHomeVisit.id, '--reason', 'the topic had lost it'];
    await platform.services.cases.command('events', 'replay', ...sent);
    await expectNothingWaits(platform);
  });
});

interface Waiting {
  aggregate_id: string;
  reason: string;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
