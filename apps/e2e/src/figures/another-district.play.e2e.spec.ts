import type { Stories } from '@frontline/scenario';
import { eventually, type PlatformUnderTest } from '@frontline/testing';
import { DAY, districtOfTheScenario } from './district-of-the-scenario.fixture.ts';
import { figuresOf, liaisonsPerAssignment, receptionsOf, type DistrictFigures } from './figures.fixture.ts';
import { readStories } from './stories.fixture.ts';

/** The questions that the article's district is asked; here each answer is counted by hand from the plan of a small one. */
describe('another district', () => {
  let platform: PlatformUnderTest;
  let stories: Stories;
  let figures: DistrictFigures;
  beforeAll(async () => {
    ({ platform, stories } = await districtOfTheScenario('small'));
    figures = await figuresOf(platform, { day: DAY, experienceOn: '2005-01-01' });
  });
  afterAll(() => platform?.stop());

  it('has its own places, grids, teams and people', () => {
    expect(figures.subdistrictsAndTowns).toEqual({
      totalCount: 2,
      nodes: [{ code: '990199001' }, { code: '990199100' }],
    });
    expect(figures).toMatchObject({
      residentialAreas: { totalCount: 5 + 4 },
      pairedBranches: { totalCount: 13 },
      grids: { totalCount: 41 },
      teams: { totalCount: 43 },
      participants: { totalCount: 317 },
      delegates: { totalCount: 14 },
      grassroots: { population: 20, without: 9, shareWithout: 9 / 20 },
    });
  });

  it('has its own contacts', async () => {
    expect(figures.bureau.coverage).toEqual({
      contactors: { eligible: 5, covered: 5 },
      targets: { eligible: 2, covered: 2 },
    });
    expect(figures.division.coverage).toEqual({
      // leading bodies, departments, institutions and enterprises of the state
      contactors: { eligible: 3 + 6 + 2 + 1, covered: 10 },
      targets: { eligible: 9, covered: 9 },
    });
    expect(await liaisonsPerAssignment(platform)).toHaveLength(10);
  });

  it('has its own hardship and its own help', () => {
    expect([figures.hardship, figures.assistedHardship]).toEqual([{ totalCount: 49 }, { totalCount: 44 }]);
    expect(figures.assistance).toEqual({
      cadres: { eligible: 31 + 40, covered: 31 },
      households: { eligible: 49, covered: 44 },
    });
  });

  it('tells its stories by their numbers, by the queries of the page', async () => {
    const { manhole, lamp, cadre, successor, handovers } = await readStories(platform, stories);
    expect(manhole).toMatchObject({ state: 'CLOSED', wasOverdue: true, title: expect.stringContaining('阴井盖') });

    expect(lamp).toMatchObject({ state: 'CLOSED', wasOverdue: false, closingCode: 'SOLVED' });
    expect(lamp.household?.code).toEqual(expect.any(String));
    const { activity, tellBack, toldBackOn } = lamp.demand;
    expect(tellBack).toMatchObject({ state: 'FULFILLED', toldOn: toldBackOn, toldBy: activity.cadres[0] });
    expect(tellBack?.duty).toEqual({ scheme: 'tell-back', state: 'FULFILLED' });
    expect(lamp.moves.at(-1)?.at.slice(0, 10)).toBe(tellBack?.owedFrom);

    expect(cadre).toMatchObject({ status: 'DEPARTED', statusSince: '2017-11-06', contactAfter: { totalCount: 0 } });
    expect([cadre.liaisonsBefore.length, cadre.liaisonsAfter.length]).toEqual([1, 0]);
    const [contact] = cadre.contactBefore.nodes;
    expect(contact?.until).toBe('2017-11-06');
    expect(contact?.duties.nodes.map(({ windowStart }) => windowStart.slice(0, 7))).toEqual([
      '2017-07',
      '2017-08',
      '2017-09',
      '2017-10',
    ]);
    expect(successor).toMatchObject({ from: '2017-11-06', contactor: { cadre: { staffNumber: expect.any(String) } } });
    const handover = handovers.find(({ takesEffectOn }) => takesEffectOn === '2017-11-06');
    expect(handover).toMatchObject({ state: 'ACCEPTED', assignment: { until: '2017-11-06' } });
    expect(handover?.lastVisits.length).toBeGreaterThan(0);

    const households = cadre.assistedHouseholds.nodes;
    expect(households).toHaveLength(3);
    for (const { helperThen, helperNextDay, assistanceHistory, visits } of households) {
      expect([helperThen?.staffNumber, helperNextDay]).toEqual([stories.departedCadre, null]);
      const [now, before] = assistanceHistory;
      expect(before).toMatchObject({ until: '2017-11-06', endReason: 'HELPER_LEFT', cadre: helperThen });
      expect([now?.until, (now?.from ?? '') > '2017-11-12']).toEqual([null, true]);
      const helpers = new Set(visits.nodes.filter(({ care }) => care).map(({ cadres }) => cadres[0]?.staffNumber));
      expect(helpers).toEqual(new Set([stories.departedCadre, now?.cadre.staffNumber]));
    }
  });

  it('has its own receptions, and plans the next year’s with its own delegates, fairly', async () => {
    const august = await receptionsOf(platform, { from: '2018-08-01', to: '2018-08-31', kinds: ['MONTHLY'] });
    expect(august.map(({ date, subdistrict }) => `${date} ${subdistrict.code}`).sort()).toEqual([
      '2018-08-15 990199001',
      '2018-08-15 990199100',
    ]);
    const { planReceptions } = await platform.ask<{ planReceptions: Record<string, number> }>(
      'FRONTLINE_OFFICE',
      'mutation { planReceptions(input: { year: 2019 }) { added vacant fewest most } }',
    );
    // twelve months and two days of three communities each, two delegates at each: 72 seats for 14
    expect(planReceptions).toEqual({ added: 2 * (12 + 2 * 3), vacant: 0, fewest: 5, most: 6 });
    const next = await receptionsOf(platform, { from: '2019-01-01', to: '2019-12-31', kinds: ['CONCENTRATED'] });
    expect([...new Set(next.map(({ date }) => date))]).toEqual(['2019-05-11', '2019-11-09']);
  });

  it('gives its cadres calendars at the gateway’s own address, for programs that have no token', async () => {
    const { createCalendarFeed } = await platform.ask<{ createCalendarFeed: { path: string; feed: { id: string } } }>(
      'CADRE',
      'mutation { createCalendarFeed(input: { idempotencyKey: "calendar-1", label: "phone" }) { path feed { id } } }',
    );
    const read = (headers: Record<string, string> = {}) =>
      fetch(`${platform.gateway.url}${createCalendarFeed.path}`, { headers });
    const first = await read();
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(await first.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT\r\nUID:duty-[^]*END:VCALENDAR\r\n$/);
    expect((await read({ 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
    await platform.ask(
      'CADRE',
      'mutation ($id: ID!) { revokeCalendarFeed(input: { idempotencyKey: "calendar-2", feedId: $id }) { revokedAt } }',
      { id: createCalendarFeed.feed.id },
    );
    expect((await read()).status).toBe(404);
  });

  it('brings records of its own as a table file, takes them out again, and undoes it', async () => {
    const file = (path: string, body?: string) =>
      platform.token('ADMIN').then((token) =>
        fetch(`${platform.gateway.url}/files/organizations/${path}`, {
          ...(body !== undefined && { method: 'POST', body }),
          headers: { authorization: `Bearer ${token}` },
        }),
      );
    const batchIn = (id: string, state: string) =>
      eventually(
        `the import is ${state}`,
        () =>
          platform.ask<{ organizationsImportBatch: { state: string; progress: object; issues: { nodes: object[] } } }>(
            'ADMIN',
            'query ($id: ID!) { organizationsImportBatch(id: $id) { state progress { created refused } issues { nodes { row column code } } } }',
            { id },
          ),
        ({ organizationsImportBatch: batch }) => batch.state === state,
      );
    const header = (await (await file('templates/organizations')).text()).split(/\r?\n/)[0]?.replace('\ufeff', '');
    expect(header).toMatch(/^代码,/);
    const rows = [
      '代码,生效日,类别,中文名称,英文名称',
      'OWN-1,2018-08-01,职能部门,示例部门,Example',
      'OWN-2,2018-02-30,职能部门,乙,B',
    ];
    const sent = await file('imports/organizations', `${rows.join('\r\n')}\r\n`);
    const { id } = (await sent.json()) as { id: string };
    expect(sent.status).toBe(202);
    expect((await batchIn(id, 'DONE')).organizationsImportBatch).toMatchObject({
      progress: { created: 1, refused: 1 },
      issues: { nodes: [{ row: 3, column: 'from', code: 'cell.day' }] },
    });
    expect(await (await file('exports/organizations')).text()).toContain('OWN-1,2018-08-01,职能部门,示例部门,Example');
    await platform.ask(
      'ADMIN',
      'mutation ($id: ID!) { undoOrganizationsImport(input: { idempotencyKey: "table-undo-1", id: $id }) { id } }',
      { id },
    );
    await batchIn(id, 'UNDONE');
    expect(await (await file('exports/organizations')).text()).not.toContain('OWN-1');
  });

  it.each([
    ['organizations', 'organizations', 'ADMIN'],
    ['organizations', 'schemes', 'FRONTLINE_OFFICE'],
    ['organizations', 'assignments', 'FRONTLINE_OFFICE'],
    ['personnel', 'cadres', 'ORG_DEPARTMENT'],
  ] as const)('takes out a table of %s, %s, that changes nothing when it comes back', async (service, kind, role) => {
    const authorization = `Bearer ${await platform.token(role)}`;
    const at = (path: string) => `${platform.gateway.url}/files/${service}/${path}`;
    const taken = await fetch(at(`exports/${kind}?format=xlsx`), { headers: { authorization } });
    const body = await taken.arrayBuffer();
    const sent = await fetch(at(`imports/${kind}`), { method: 'POST', body, headers: { authorization } });
    const { id } = (await sent.json()) as { id: string };
    const { batch } = await eventually(
      'what was taken out is brought in',
      () =>
        platform.ask<{ batch: { state: string; progress: { total: number; unchanged: number }; issues: object } }>(
          role,
          `query ($id: ID!) { batch: ${service}ImportBatch(id: $id) { state progress { total unchanged } issues(first: 3) { nodes { row en } } } }`,
          { id },
        ),
      (asked) => asked.batch.state === 'DONE',
      { withinMs: 60_000 },
    );
    expect(batch.issues).toEqual({ nodes: [] });
    expect(batch.progress.total).toBeGreaterThan(0);
    expect(batch.progress.unchanged).toBe(batch.progress.total);
  });

  it('had nothing of it all before it began', async () => {
    const before = await figuresOf(platform, { day: '1949-10-01', experienceOn: '1949-10-01' });
    const counts = JSON.stringify(before).matchAll(
      /"(?:totalCount|population|without|shareWithout|covered|eligible)":([\d.]+)/g,
    );
    expect(new Set([...counts].map(([, count]) => Number(count)))).toEqual(new Set([0]));
  });

  it('changes its own schedule by data alone', async () => {
    const rule = {
      windowDays: 91,
      dayOffRule: 'KEEP',
      activity: 'VISIT',
      recurrence: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1',
    };
    await platform.import('organizations', [
      {
        type: 'contactScheme',
        id: '018f0000-0000-7000-8000-000000000031',
        code: 'bureau-subdistrict-of-its-own',
        nameZh: '本区自定制度',
        nameEn: 'A scheme of its own',
        versions: [
          {
            version: 1,
            validFrom: '2018-01-01',
            contactor: { kind: 'CADRE', ranks: ['BUREAU'], organizationKinds: ['LEADING_BODY'] },
            target: { kinds: ['SUBDISTRICT'] },
            duties: [{ code: 'visit', ...rule }],
            source: 'ASSUMED',
          },
        ],
      },
    ]);
    const own = await platform.ask(
      'FRONTLINE_OFFICE',
      '{ contactScheme(code: "bureau-subdistrict-of-its-own") { duties { activity recurrence } coverage { contactors { eligible covered } targets { eligible covered } } } }',
    );
    expect(own).toEqual({
      contactScheme: {
        duties: [{ activity: 'VISIT', recurrence: rule.recurrence }],
        coverage: { contactors: { eligible: 5, covered: 0 }, targets: { eligible: 1, covered: 0 } },
      },
    });
  });
});
