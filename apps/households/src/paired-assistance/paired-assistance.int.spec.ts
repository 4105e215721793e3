import 'reflect-metadata';
import { consumers } from '../consumers.ts';
import type { SubgraphUnderTest } from '@frontline/testing';
import { households } from '../subgraph.ts';
import {
  cadres,
  frontlineOffice,
  gridWorker,
  helper,
  idOf,
  organization,
  smallDistrict,
  somebody,
  TODAY,
} from '../small-district.fixture.ts';

describe('paired assistance', () => {
  let district: SubgraphUnderTest;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district?.stop());

  const coverage = async (asOf: string, within?: string) => {
    const place = within ? `, within: "${idOf(within)}"` : '';
    const { assistanceCoverage } = await district.answer(
      frontlineOffice,
      `{ assistanceCoverage(asOf: "${asOf}"${place}) { asOf cadres { eligible covered } households { eligible covered } } }`,
    );
    return assistanceCoverage;
  };
  const cadreNamed = (name: string) =>
    cadres.find(({ staffNumber }) => staffNumber === name) as (typeof cadres)[number];
  const departure = (on: string) => ({
    id: idOf('departure'),
    type: 'cadre.departed',
    aggregateId: idOf('helper'),
    sequence: 2,
    occurredAt: new Date(`${on}T09:00:00+08:00`),
    data: { on, reason: 'RETIRED', record: { ...cadres[0], status: 'RETIRED' } },
  });

  it('covers cadres and households as of a day', async () => {
    expect(await coverage('2018-08-17')).toEqual({
      asOf: '2018-08-17',
      cadres: { eligible: 3, covered: 2 },
      households: { eligible: 3, covered: 2 },
    });
    expect(await coverage('2017-01-01')).toMatchObject({ households: { eligible: 4, covered: 3 } });
    expect(await coverage('2011-12-31')).toMatchObject({ cadres: { eligible: 0 }, households: { eligible: 0 } });
    expect(await coverage('2018-08-17', 'north')).toMatchObject({
      cadres: { eligible: 0, covered: 0 },
      households: { eligible: 2, covered: 1 },
    });
  });

  it('counts below a place who holds a post there, whoever they assist, as long as they are in the Party', async () => {
    const counted = async (asOf: string, within: string) => (await coverage(asOf, within)).cadres;
    const posts = [
      { organizationId: idOf('district'), from: '2010-01-01', until: '2017-01-01' },
      { organizationId: idOf('north'), from: '2017-01-01' },
      { organizationId: idOf('north-1'), from: '2017-06-01', temporary: true },
    ];
    const partyMember = [{ from: '2012-01-01', until: '2018-06-01' }];
    await district.copy('cadre', [
      { ...cadreNamed('helper'), ...{ posts } },
      { ...cadreNamed('party-cadre-who-helps-nobody'), ...{ posts, partyMember } },
    ]);
    expect(await counted('2016-12-31', 'north')).toEqual({ eligible: 0, covered: 0 });
    expect(await counted('2018-05-31', 'north')).toEqual({ eligible: 2, covered: 1 });
    expect(await counted('2018-06-01', 'north')).toEqual({ eligible: 1, covered: 1 });
    expect(await counted('2018-06-01', 'north-1')).toEqual({ eligible: 1, covered: 1 });
    expect(await counted('2018-06-01', 'south')).toEqual({ eligible: 0, covered: 0 });
  });

  it('asks to assist whom the scheme asks, version by version, whichever facts it names', async () => {
    const counted = async (asOf: string, within?: string) => (await coverage(asOf, within)).cadres.eligible as number;
    const version = (number: number, from: string, contactor: object, until?: string) => ({
      number,
      from,
      ...(until && { until }),
      contactor: { kind: 'CADRE', ...contactor },
      targetKinds: [],
    });
    const scheme = (...versions: object[]) =>
      district.copy('contactScheme', [{ id: idOf('assistance-care'), code: 'assistance-care', versions } as never]);
    // as long as no scheme is told, members of the Party
    expect(await counted('2018-08-17')).toBe(3);
    await district.copy('cadre', [
      {
        ...cadreNamed('not-in-the-party'),
        ...{
          leagueMember: [{ from: '2014-01-01', until: '2018-06-01' }],
          ranks: [{ rank: 'SECTION', from: '2016-01-01' }],
          posts: [{ organizationId: idOf('north'), from: '2014-01-01' }],
        },
      },
    ]);
    await scheme(
      version(1, '2015-01-01', { memberships: ['PARTY'] }, '2017-06-01'),
      version(2, '2017-06-01', { memberships: ['PARTY', 'LEAGUE'] }, '2018-07-01'),
      version(3, '2018-07-01', { organizationKinds: ['SUBDISTRICT'], ranks: ['SECTION'] }, '2018-08-01'),
      version(4, '2018-08-01', { organizationIds: [idOf('district')] }),
    );
    // nobody is asked before the scheme holds
    expect(await counted('2014-12-31')).toBe(0);
    expect(await counted('2017-05-31')).toBe(3);
    expect(await counted('2017-06-01')).toBe(4);
    expect(await counted('2018-06-01')).toBe(3);
    expect(await counted('2018-07-01')).toBe(1);
    expect([await counted('2018-07-31', 'north'), await counted('2018-07-31', 'south')]).toEqual([1, 0]);
    expect(await counted('2018-08-01')).toBe(3);
    // an organization of whose kind nobody was told before
    await district.rows('delete from local_copy where id = $1', [idOf('north')]);
    await scheme(version(1, '2015-01-01', { organizationKinds: ['SUBDISTRICT'] }));
    expect(await counted('2018-08-17')).toBe(0);
    await district.copy('organization', [organization('north', 'SUBDISTRICT', 'district')]);
    expect(await counted('2018-08-17')).toBe(1);
  });

  it('lists the gaps of both sides, of the district and of a place, equal to what is counted', async () => {
    const gaps = async (asOf: string, within?: string) => {
      const place = within ? `, within: "${idOf(within)}"` : '';
      const { assistanceCoverage: found } = await district.answer(
        frontlineOffice,
        `{ assistanceCoverage(asOf: "${asOf}"${place}) { cadres { eligible covered } households { eligible covered }
          cadreGaps(first: 100) { totalCount nodes { cadre { id } } } householdGaps(first: 100) { totalCount nodes { code } } } }`,
      );
      expect(found.householdGaps.totalCount).toBe(found.households.eligible - found.households.covered);
      expect(found.cadreGaps.totalCount).toBe(found.cadres.eligible - found.cadres.covered);
      return [
        found.cadreGaps.nodes.map(({ cadre: { id } }: { cadre: { id: string } }) => id),
        found.householdGaps.nodes.map(({ code }: { code: string }) => code),
      ];
    };
    const nobody = idOf('party-cadre-who-helps-nobody');
    expect(await gaps('2018-08-17')).toEqual([[nobody], ['H2']]);
    expect(await gaps('2018-08-17', 'district')).toEqual([[nobody], ['H2']]);
    expect(await gaps('2018-08-17', 'north')).toEqual([[], ['H2']]);
    expect(await gaps('2018-08-17', 'south')).toEqual([[], []]);
    // whoever has left since is among those of a day on which they served
    expect((await gaps('2016-06-01'))[0]).toEqual(expect.arrayContaining([nobody, idOf('left-in-2017')]));
    expect((await gaps('2017-01-01'))[0]).not.toContain(idOf('left-in-2017'));
    const pages = await district.answer(
      frontlineOffice,
      '{ assistanceCoverage(asOf: "2016-06-01") { cadreGaps(first: 1) { nodes { cadre { id } } pageInfo { hasNextPage endCursor } } } }',
    );
    const { endCursor, hasNextPage } = pages.assistanceCoverage.cadreGaps.pageInfo;
    expect(hasNextPage).toBe(true);
    const second = await district.answer(
      frontlineOffice,
      `{ assistanceCoverage(asOf: "2016-06-01") { cadreGaps(first: 1, after: "${endCursor}") { nodes { cadre { id } } } } }`,
    );
    expect(second.assistanceCoverage.cadreGaps.nodes).not.toEqual(pages.assistanceCoverage.cadreGaps.nodes);
  });

  it('shows a department the figures and the cadres of its own, and no household', async () => {
    const query = '{ assistanceCoverage { cadres { eligible covered } cadreGaps { totalCount } } }';
    const shown = async (place?: string, cadreName?: string) => {
      const actor = cadreName ? somebody('CADRE', undefined, cadreName) : somebody('DEPARTMENT', place);
      const { assistanceCoverage } = await district.answer(actor, query);
      expect(assistanceCoverage.cadres).toEqual({ eligible: 3, covered: 2 });
      return assistanceCoverage.cadreGaps.totalCount;
    };
    expect(await shown('district')).toBe(1);
    expect([await shown('north'), await shown(), await shown(undefined, 'helper')]).toEqual([0, 0, 0]);
    expect(await shown(undefined, 'party-cadre-who-helps-nobody')).toBe(1);
    expect(
      await district.refusal(somebody('DEPARTMENT'), '{ assistanceCoverage { householdGaps { totalCount } } }'),
    ).toMatchObject({ code: 'access.denied' });
  });

  it('is a statistic for all staff, and for nobody else', async () => {
    const query = '{ assistanceCoverage { asOf households { eligible } } }';
    const { assistanceCoverage } = await district.answer(somebody('DEPARTMENT'), query);
    expect(assistanceCoverage).toEqual({ asOf: TODAY, households: { eligible: 3 } });
    expect(await district.refusal(somebody('PARTNER'), query)).toMatchObject({ code: 'access.denied' });
  });

  it('ends when the helper leaves: the household is uncovered at once, and others are told', async () => {
    const [uncover] = consumers;
    await district.consume(uncover!, departure('2018-08-17'));
    expect(await coverage('2018-08-17')).toMatchObject({ households: { eligible: 3, covered: 1 } });
    expect(await coverage('2018-08-16')).toMatchObject({ households: { eligible: 3, covered: 2 } });
    const { households } = await district.answer(
      gridWorker,
      '{ households(filter: { hardshipOn: "2018-08-17", uncoveredOn: "2018-08-17" }) { nodes { code } } }',
    );
    expect(households.nodes).toEqual([{ code: 'H1' }, { code: 'H2' }]);
    expect(await district.told('pairedAssistance.ended')).toEqual([
      expect.objectContaining({
        sequence: 2,
        payload: expect.objectContaining({ on: '2018-08-17', reason: 'HELPER_LEFT' }),
      }),
    ]);
  });

  it('ends when an import says that the helper has left, which tells of no departure', async () => {
    const [follower] = households.copyFollowers ?? [];
    const left = {
      ...cadres[0],
      status: 'DEPARTED',
      statuses: [
        { status: 'ACTIVE', from: '2010-01-01', until: '2018-08-17' },
        { status: 'DEPARTED', from: '2018-08-17' },
      ],
    };
    const handle = (ctx: Parameters<NonNullable<typeof follower>['changed']>[0]) =>
      follower!.changed(ctx, [left, cadres[1]] as never);
    for (let times = 0; times < 2; times += 1)
      await district.consume({ name: 'copies', events: [], handle }, departure('2018-08-17'));
    expect(await district.told('pairedAssistance.ended')).toMatchObject([
      { payload: { on: '2018-08-17', reason: 'HELPER_LEFT' } },
    ]);
  });

  describe('that ended by a departure which was a mistake', () => {
    const [uncover] = consumers;
    const serving = { ...cadres[0], statuses: [{ status: 'ACTIVE', from: '2010-01-01' }] };
    const takenBack = (on: string, record: object = serving) => ({
      ...departure(on),
      id: idOf('taken back'),
      type: 'cadre.departureTakenBack',
      sequence: 3,
      data: { on, record },
    });
    const covered = async (...days: string[]) =>
      Promise.all(days.map(async (day) => (await coverage(day)).households.covered));

    it('goes on from the day on which that is told, once; in between the household was uncovered', async () => {
      await district.consume(uncover!, departure('2018-08-17'));
      district.moveTo(new Date('2018-08-20T09:00:00+08:00'));
      for (let times = 0; times < 2; times += 1) await district.consume(uncover!, takenBack('2018-08-17'));
      expect(await covered('2018-08-16', '2018-08-17', '2018-08-19', '2018-08-20')).toEqual([2, 1, 1, 2]);
      expect(await district.told('pairedAssistance.started')).toMatchObject([
        { payload: { record: { cadreId: idOf('helper'), householdId: idOf('H1'), from: '2018-08-20' } } },
      ]);
    });

    it('goes on without a gap when the day was still ahead, until the right day where there is one', async () => {
      await district.consume(uncover!, departure('2018-09-01'));
      const statuses = [
        { status: 'ACTIVE', from: '2010-01-01', until: '2018-10-01' },
        { status: 'RETIRED', from: '2018-10-01' },
      ];
      await district.consume(uncover!, takenBack('2018-09-01', { ...serving, statuses }));
      await district.consume(uncover!, { ...departure('2018-10-01'), sequence: 4 });
      expect(await covered('2018-08-31', '2018-09-01', '2018-09-30', '2018-10-01')).toEqual([2, 2, 2, 1]);
    });

    it('does not where the right day has passed as well, or somebody else has taken the household on', async () => {
      await district.consume(uncover!, departure('2018-08-17'));
      const statuses = [{ status: 'RETIRED', from: '2018-08-01' }];
      await district.consume(uncover!, takenBack('2018-08-17', { ...serving, statuses }));
      expect(await district.told('pairedAssistance.started')).toEqual([]);
      const other = {
        cadreId: idOf('other-helper'),
        householdId: idOf('H1'),
        from: '2018-08-18',
        consentedOn: '2018-08-17',
      };
      await district.import([{ type: 'pairedAssistance', id: idOf('other helper of H1'), ...other }]);
      await district.consume(uncover!, takenBack('2018-08-17'));
      expect(await district.told('pairedAssistance.started')).toEqual([]);
    });
  });

  it('tells nothing again when the departure comes again', async () => {
    const [uncover] = consumers;
    await district.consume(uncover!, departure('2018-08-17'));
    await district.consume(uncover!, departure('2018-08-17'));
    expect(await district.told('pairedAssistance.ended')).toHaveLength(1);
  });

  it('shows a cadre their own, also when it is over', async () => {
    const { pairedAssistances } = await district.answer(
      somebody('CADRE', undefined, 'other-helper'),
      '{ pairedAssistances(order: OLDEST) { totalCount nodes { until household { code } } } }',
    );
    expect(pairedAssistances.totalCount).toBe(2);
    expect(pairedAssistances.nodes).toEqual(
      expect.arrayContaining([
        { until: null, household: { code: 'H4' } },
        { until: '2017-06-01', household: null },
      ]),
    );
  });

  it('is one helper at a time: a second one is refused', async () => {
    const second = {
      type: 'pairedAssistance',
      id: idOf('second'),
      householdId: idOf('H1'),
      cadreId: idOf('other-helper'),
      from: '2018-01-01',
      consentedOn: '2018-01-01',
    };
    await expect(district.import([second])).rejects.toThrow(/paired_assistance_one_helper/);
    const { household } = await district.answer(helper, '{ household(code: "H1") { assistanceHistory { id } } }');
    expect(household.assistanceHistory).toHaveLength(1);
  });

  it.each([
    ['without consent', { consentedOn: '2016-02-02' }, /consentedOn: must not be after from/],
    ['that ended without a reason', { until: '2018-01-01' }, /endReason: must be given when until is/],
    ['of a household that is not there', { householdId: idOf('H9') }, /no household with the id/],
  ])('%s is refused', async (_what, change, message) => {
    const line = { householdId: idOf('H3'), cadreId: idOf('helper'), from: '2016-02-01', consentedOn: '2016-02-01' };
    const bad = { type: 'pairedAssistance', id: idOf('bad'), ...line, ...change };
    await expect(district.import([bad])).rejects.toThrow(message);
  });
});
