import { describeWith } from '@frontline/testing';
import { byState, expectCases, expectCoverage, expectFulfilment, expectReceptions } from './months-end.fixture.ts';
import { FIRST, PlayedMonth } from './played-month.fixture.ts';
import { playedDistrict, type PlayedDistrict } from './played-district.fixture.ts';

/** Time to start a platform and to play the month on a machine that has other things to do, in milliseconds. */
const PLAYING_MS = 1_800_000;

describeWith('kafka')('all twelve subdistricts and towns through a month, day by day', () => {
  let district: PlayedDistrict;
  let month: PlayedMonth;
  beforeAll(async () => {
    district = await playedDistrict('yangpu', FIRST);
    month = new PlayedMonth(district);
    await month.play();
  }, PLAYING_MS);
  afterAll(() => district?.platform.stop());

  it('end with the duties kept, late, missed, excused and stood in for that were played, and no others', async () => {
    const shown = await expectFulfilment(district.platform, month);
    const states = byState(shown);
    process.stdout.write(`duties of the month: ${JSON.stringify(states)}\n`);
    for (const state of ['FULFILLED', 'LATE', 'MISSED', 'EXCUSED', 'SUBSTITUTED'])
      expect([state, states[state] ?? 0]).not.toEqual([state, 0]);
  });

  it('end with coverage and gap lists that equal a recount of the registers', () => expectCoverage(district.platform));

  it('end with a reception held in each', () => expectReceptions(district.platform, month));

  it('end with one case for each demand that asked for one', () => expectCases(district.platform, month));
});
