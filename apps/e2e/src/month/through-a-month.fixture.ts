import { describeWith } from '@frontline/testing';
import type { GenerateOptions } from '@frontline/scenario';
import { byState, expectCases, expectCoverage, expectFulfilment, expectReceptions } from './months-end.fixture.ts';
import { FIRST, PlayedMonth } from './played-month.fixture.ts';
import { playedDistrict, type PlayedDistrict } from './played-district.fixture.ts';

/**
 * Plays a district of the scenario through a month and looks at its end. `playingMs`: time to start a platform and to play
 * the month on a machine that has other things to do.
 */
export function throughAMonth(title: string, district: GenerateOptions['district'], playingMs: number): void {
  describeWith('kafka')(`${title} through a month, day by day`, () => {
    let played: PlayedDistrict;
    let month: PlayedMonth;
    beforeAll(async () => {
      played = await playedDistrict(district, FIRST);
      month = new PlayedMonth(played);
      await month.play();
    }, playingMs);
    afterAll(() => played?.platform.stop());

    it('end with the duties kept, late, missed, excused and stood in for that were played, and no others', async () => {
      const shown = await expectFulfilment(played.platform, month);
      const states = byState(shown);
      process.stdout.write(`duties of the month: ${JSON.stringify(states)}\n`);
      for (const state of ['FULFILLED', 'LATE', 'MISSED', 'EXCUSED', 'SUBSTITUTED'])
        expect([state, states[state] ?? 0]).not.toEqual([state, 0]);
    });

    it('end with coverage and gap lists that equal a recount of the registers', () => expectCoverage(played.platform));

    it('end with a reception held in each', () => expectReceptions(played.platform, month));

    it('end with one case for each demand that asked for one', () => expectCases(played.platform, month));
  });
}
