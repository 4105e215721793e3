import type { Stories } from '@frontline/scenario';
import type { PlatformUnderTest } from '@frontline/testing';
import { DAY, districtOfTheScenario } from './district-of-the-scenario.fixture.ts';
import { figuresOf, liaisonsPerAssignment, receptionsOf, type DistrictFigures } from './figures.fixture.ts';
import { readStories, storiesPage } from './stories.fixture.ts';

/** Time to write the whole district and bring it in on a machine that has other things to do, in milliseconds. */
const LOADING_MS = 420_000;

describe('the district of the article', () => {
  let platform: PlatformUnderTest;
  let stories: Stories;
  let figures: DistrictFigures;
  beforeAll(async () => {
    ({ platform, stories } = await districtOfTheScenario('yangpu'));
    figures = await figuresOf(platform, { day: DAY, experienceOn: '2005-01-01' });
  }, LOADING_MS);
  afterAll(() => platform?.stop());

  it('had 58.1% of division-level and newly recruited young office cadres without grassroots experience in 2005', () => {
    const { population, without, shareWithout } = figures.grassroots;
    expect(population).toBeGreaterThanOrEqual(300);
    expect(shareWithout).toBeCloseTo(without / population, 6);
    expect(shareWithout.toFixed(3)).toBe('0.581');
  });

  it('tells the stories under the numbers that the page gives', async () => {
    expect((await storiesPage()).numbers).toEqual([stories.manholeCase, stories.toldBackCase, stories.departedCadre]);
    const { manhole, lamp, cadre, handovers } = await readStories(platform, stories);
    expect([manhole.wasOverdue, lamp.demand.tellBack?.state, cadre.status]).toEqual([true, 'FULFILLED', 'DEPARTED']);
    expect(handovers.map(({ takesEffectOn }) => takesEffectOn)).toContain(cadre.statusSince);
    expect(cadre.assistedHouseholds.nodes).toHaveLength(3);
  });

  it('has 12 subdistricts and towns', () => {
    const codes = figures.subdistrictsAndTowns.nodes.map(({ code }) => code);
    expect(figures.subdistrictsAndTowns.totalCount).toBe(12);
    expect(new Set(codes).size).toBe(12);
    expect(codes.filter((code) => /^310110\d{3}$/.test(code))).toHaveLength(12);
  });

  it('has 24 bureau-level cadres who contact all 12 of them', () =>
    expect(figures.bureau.coverage).toEqual({
      contactors: { eligible: 24, covered: 24 },
      targets: { eligible: 12, covered: 12 },
    }));

  it('asks of them one visit, one work report and one review of conditions each month', () => {
    const { duties } = figures.bureau;
    expect(duties.map(({ activity }) => activity).sort()).toEqual(['CONDITIONS_REVIEW', 'REPORT_HEARD', 'VISIT']);
    for (const { recurrence } of duties) expect(recurrence).toMatch(/^FREQ=MONTHLY(?!.*INTERVAL)/);
  });

  it('has more than 300 division-level cadres who contact residential areas', () => {
    const { contactors, targets } = figures.division.coverage;
    expect(contactors.covered).toBeGreaterThan(300);
    expect(contactors.covered).toBeLessThanOrEqual(contactors.eligible);
    expect(targets.covered).toBeGreaterThan(300);
  });

  it('gives each of these one or two liaisons', async () => {
    const counts = await liaisonsPerAssignment(platform);
    expect(counts.length).toBeGreaterThan(300);
    expect([...new Set(counts)].sort()).toEqual([1, 2]);
  });

  it('has 858 community and two-new branches paired', () => expect(figures.pairedBranches.totalCount).toBe(858));

  it('has 8842 hardship households assisted, and some that are not', () => {
    expect(figures.assistedHardship.totalCount).toBe(8842);
    expect(figures.hardship.totalCount).toBeGreaterThan(8842);
    expect(figures.assistance.households).toEqual({ eligible: figures.hardship.totalCount, covered: 8842 });
  });

  it('has more than 5000 party cadres who assist them', () => {
    const { covered, eligible } = figures.assistance.cadres;
    expect(covered).toBeGreaterThan(5000);
    expect(covered).toBeLessThan(6000);
    expect(covered).toBeLessThanOrEqual(eligible);
  });

  it('has more than 300 residential areas', () => {
    expect(figures.residentialAreas.totalCount).toBeGreaterThan(300);
    expect(figures.residentialAreas.totalCount).toBeLessThan(400);
  });

  it('is divided into 2088 responsibility grids', () => expect(figures.grids.totalCount).toBe(2088));

  it('has 2105 service teams', () => expect(figures.teams.totalCount).toBe(2105));

  it('has 23,000 people in these teams, each counted once', () => expect(figures.participants.totalCount).toBe(23_000));

  it('has more than 330 party delegates who receive people', () => {
    expect(figures.delegates.totalCount).toBeGreaterThan(330);
    expect(figures.delegates.totalCount).toBeLessThan(400);
  });

  it('receives people on the 15th of the month, in the service centre of each of the 12', async () => {
    const august = await receptionsOf(platform, { from: '2018-08-01', to: '2018-08-31', kinds: ['MONTHLY'] });
    expect(new Set(august.map(({ date }) => date))).toEqual(new Set(['2018-08-15']));
    expect(new Set(august.map(({ subdistrict }) => subdistrict.code)).size).toBe(12);
    expect(new Set(august.map(({ venue }) => venue.kind))).toEqual(new Set(['SERVICE_CENTRE']));
  });

  it('receives people twice a year concentrated in the communities', async () => {
    const year = await receptionsOf(platform, { from: '2017-01-01', to: '2017-12-31', kinds: ['CONCENTRATED'] });
    expect(new Set(year.map(({ date }) => date)).size).toBe(2);
    expect(new Set(year.map(({ venue }) => venue.kind))).toEqual(new Set(['RESIDENTIAL_AREA']));
    expect(new Set(year.map(({ subdistrict }) => subdistrict.code)).size).toBe(12);
  });

  it('holds dialogues online: party leaders each quarter, government leaders each month', () => {
    const { partyDialogue: party, governmentDialogue: government } = figures;
    for (const { duties } of [party, government])
      expect(new Set(duties.map(({ activity }) => activity))).toEqual(new Set(['DIALOGUE']));
    for (const { recurrence } of party.duties)
      expect(recurrence).toMatch(/FREQ=MONTHLY;(.*;)?INTERVAL=3(;|$)|FREQ=YEARLY;(.*;)?BYMONTH=\d+(,\d+){3}(;|$)/);
    for (const { recurrence } of government.duties) expect(recurrence).toMatch(/FREQ=MONTHLY(?!.*INTERVAL)/);
  });
});
