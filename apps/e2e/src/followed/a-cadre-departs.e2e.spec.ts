import { describeWith, PlatformUnderTest } from '@frontline/testing';
import { expectNothingWaits } from '../first-flow/visit.fixture.ts';
import { contactedStreet, ids, TODAY } from './contacted-street.fixture.ts';
import { deliverTwiceMore, factsAbout, follows } from './observed.fixture.ts';

const DEPART = `mutation ($input: LeaveServiceInput!) { recordDeparture(input: $input) { id status } }`;

const TAKE_BACK = `mutation ($input: TakeBackDepartureInput!) { takeBackDeparture(input: $input) { id status } }`;

/** What hangs on one cadre, as the Frontline Office sees it on a day. */
const SEEN = `query ($cadre: ID!, $case: ID!, $today: Date!, $ahead: Date!) {
  held: contactAssignments(filter: { contactorId: $cadre, on: $today }) { nodes { id } }
  ahead: duties(filter: { contactorId: $cadre, from: $ahead }) { totalCount }
  areas: coverage(scheme: "monthly-area") { targets { eligible covered } targetGaps(reasons: [NOT_CONTACTED]) { nodes { target { id } } } }
  streets: coverage(scheme: "monthly-street") { targets { covered } }
  cadre(id: $cadre) { liaisons { id } }
  uncovered: households(filter: { hardshipOn: $today, uncoveredOn: $today }) { nodes { id } }
  openCase: case(id: $case) { state holder { id } leadOrganization { id } }
  assistance: assistanceCoverage(asOf: $today) { households { eligible covered } }
}`;

interface Seen {
  held: { nodes: { id: string }[] };
  ahead: { totalCount: number };
  areas: { targets: { eligible: number; covered: number }; targetGaps: { nodes: { target: { id: string } }[] } };
  streets: { targets: { covered: number } };
  cadre: { liaisons: { id: string }[] };
  uncovered: { nodes: { id: string }[] };
  openCase: { state: string; holder: { id: string } | null; leadOrganization: { id: string } };
  assistance: { households: { eligible: number; covered: number } };
}

describeWith('kafka')('a cadre who departs', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => void (platform = await PlatformUnderTest.start(contactedStreet)));
  afterAll(() => platform?.stop());

  const seen = () =>
    platform.ask<Seen>('FRONTLINE_OFFICE', SEEN, {
      cadre: ids.contactor,
      case: ids.openCase,
      today: TODAY,
      ahead: '2018-08-18',
    });

  it('leaves assignments, duties, liaisons, households and open cases behind, and each shows as a gap or in its queue', async () => {
    const before = await follows('the duties of a year ahead', seen, ({ ahead }) => ahead.totalCount > 20);
    expect(before).toMatchObject({
      areas: { targets: { eligible: 2, covered: 1 } },
      streets: { targets: { covered: 1 } },
      cadre: { liaisons: [{ id: ids.liaison }] },
      uncovered: { nodes: [] },
      openCase: { holder: { id: ids.contactor } },
      assistance: { households: { eligible: 1, covered: 1 } },
    });
    expect(before.held.nodes).toHaveLength(3);

    await platform.ask('ORG_DEPARTMENT', DEPART, {
      input: { idempotencyKey: 'the-departure', cadreId: ids.contactor, on: TODAY, reason: 'RESIGNATION' },
    });
    const after = await follows(
      'what a departed cadre leaves behind',
      seen,
      ({ held, ahead, areas, uncovered, openCase }) =>
        held.nodes.length === 0 &&
        ahead.totalCount === 0 &&
        areas.targets.covered === 0 &&
        uncovered.nodes.length === 1 &&
        openCase.holder === null,
    );
    expect(after).toMatchObject({
      areas: { targets: { eligible: 2, covered: 0 } },
      streets: { targets: { covered: 0 } },
      cadre: { liaisons: [] },
      // in the queue of the street, which leads it as before
      openCase: { state: 'HANDLING', holder: null, leadOrganization: { id: ids.street } },
      uncovered: { nodes: [{ id: ids.household }] },
      assistance: { households: { eligible: 1, covered: 0 } },
    });
    expect(after.areas.targetGaps.nodes.map(({ target }) => target.id).sort()).toEqual(
      [ids.area, ids.otherArea].sort(),
    );
  });

  it('does so once, however often the departure is delivered', async () => {
    const before = await seen();
    await deliverTwiceMore(platform, 'frontline.personnel.cadre.v1', 'cadre.departed', [
      { service: 'organizations', consumer: 'organizations.follow-cadres' },
      { service: 'households', consumer: 'uncover-households' },
    ]);
    expect(await seen()).toEqual(before);
    const ended = 'frontline.organizations.contactAssignment.v1';
    for (const assignment of [ids.visits, ids.ofTheStreet, ids.assignment])
      expect(await factsAbout(platform, ended, 'contactAssignment.ended', assignment)).toHaveLength(1);
    expect(
      await factsAbout(platform, 'frontline.households.pairedAssistance.v1', 'pairedAssistance.ended'),
    ).toHaveLength(1);
    expect(await factsAbout(platform, 'frontline.personnel.cadre.v1', 'cadre.liaisonReleased')).toHaveLength(1);
    expect(await factsAbout(platform, 'frontline.cases.case.v1', 'case.holderLeft')).toHaveLength(1);
    await expectNothingWaits(platform);
  });

  it('by a mistake, goes on with contacts, households, liaisons and cases that nobody else was given', async () => {
    await platform.ask('ORG_DEPARTMENT', TAKE_BACK, {
      input: { idempotencyKey: 'the-mistake', cadreId: ids.contactor, correction: 'WRONG_CADRE' },
    });
    const after = await follows(
      'what a cadre holds whose departure was a mistake',
      seen,
      ({ held, ahead, areas, uncovered, cadre, openCase }) =>
        held.nodes.length === 3 &&
        ahead.totalCount > 20 &&
        areas.targets.covered === 1 &&
        uncovered.nodes.length === 0 &&
        cadre.liaisons.length === 1 &&
        openCase.holder !== null,
    );
    expect(after).toMatchObject({
      streets: { targets: { covered: 1 } },
      openCase: { state: 'HANDLING', holder: { id: ids.contactor } },
      assistance: { households: { eligible: 1, covered: 1 } },
    });
    await deliverTwiceMore(platform, 'frontline.personnel.cadre.v1', 'cadre.departureTakenBack', [
      { service: 'organizations', consumer: 'organizations.follow-cadres' },
      { service: 'households', consumer: 'uncover-households' },
    ]);
    expect(await seen()).toEqual(after);
    await expectNothingWaits(platform);
  });
});
