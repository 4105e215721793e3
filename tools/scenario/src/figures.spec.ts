import { covers } from './days.ts';
import { readScenario, type Lines } from './read-scenario.fixture.ts';
import { yangpu } from './plan/yangpu.ts';

const DAY = '2018-08-17';

describe('the figures of the article, counted from the records', () => {
  let lines: Lines;
  beforeAll(() => {
    lines = readScenario(yangpu);
  });

  const kindOf = (): Map<string, string> => new Map(lines.organization.map(({ id, kind }) => [id, kind]));
  const organizations = (...kinds: string[]) =>
    lines.organization.filter((one) => kinds.includes(one.kind) && covers(one, DAY));
  const holding = (rank: string, day: string) =>
    lines.cadre.filter(
      (one) =>
        one.ranks.some((held) => held.rank === rank && covers(held, day)) &&
        one.posts.some((post) => covers(post, day)),
    );
  const assignments = (scheme: string) =>
    lines.contactAssignment.filter((one) => one.scheme === scheme && covers(one, DAY));

  it('has 12 subdistricts and towns, and more than 300 residential areas', () => {
    expect(organizations('SUBDISTRICT', 'TOWN').map(({ code }) => code)).toHaveLength(12);
    expect(organizations('RESIDENTIAL_AREA')).toHaveLength(318);
    expect(organizations('LEADING_BODY')).toHaveLength(4);
    expect(organizations('DEPARTMENT')).toHaveLength(30);
    expect(organizations('SERVICE_CENTRE')).toHaveLength(12);
  });

  it('puts each residential area under one subdistrict or town of the day', () => {
    const places = new Set(organizations('SUBDISTRICT', 'TOWN').map(({ id }) => id));
    const counts = organizations('RESIDENTIAL_AREA').map(
      ({ parents }) => parents.filter((parent) => covers(parent, DAY) && places.has(parent.parentId)).length,
    );
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  it('had 58.1% without grassroots experience among division-level and newly recruited young office cadres on 2005-01-01', () => {
    const kinds = kindOf();
    const then = '2005-01-01';
    const young = lines.cadre.filter(
      (one) =>
        one.recruitedOn <= then &&
        one.recruitedOn > '2002-01-01' &&
        one.bornOn > '1969-01-01' &&
        one.posts.some(
          (post) => covers(post, then) && ['LEADING_BODY', 'DEPARTMENT'].includes(kinds.get(post.organizationId) ?? ''),
        ),
    );
    const population = new Set([...holding('DIVISION', then), ...young].map(({ id }) => id));
    const served = new Set(lines.experience.filter(({ from }) => from <= then).map(({ cadreId }) => cadreId));
    const without = [...population].filter((id) => !served.has(id)).length;
    expect(population.size).toBeGreaterThanOrEqual(300);
    expect(Math.round((without / population.size) * 1000) / 1000).toBe(0.581);
    expect(lines.cadre.some((one) => population.has(one.id) && one.status === 'RETIRED')).toBe(true);
  });

  it('has 24 bureau-level cadres, all of them contacting the 12', () => {
    const eligible = holding('BUREAU', DAY).map(({ id }) => id);
    const current = assignments('bureau-subdistrict');
    expect(eligible).toHaveLength(24);
    expect(new Set(current.flatMap(({ contactorIds }) => contactorIds))).toEqual(new Set(eligible));
    expect(new Set(current.map(({ targetId }) => targetId))).toEqual(
      new Set(organizations('SUBDISTRICT', 'TOWN').map(({ id }) => id)),
    );
  });

  it('has more than 300 division-level cadres contacting every residential area, and some who contact none', () => {
    const eligible = new Set(holding('DIVISION', DAY).map(({ id }) => id));
    const contactors = new Set(assignments('division-residential-area').flatMap(({ contactorIds }) => contactorIds));
    expect([...contactors].every((id) => eligible.has(id))).toBe(true);
    expect(contactors.size).toBeGreaterThan(320);
    expect(contactors.size).toBeLessThan(eligible.size);
    expect(new Set(assignments('division-residential-area').map(({ targetId }) => targetId)).size).toBe(318);
  });

  it('gives each of them one or two liaisons, office cadres below division level, of their own organization where it is an office', () => {
    const cadres = new Map(lines.cadre.map((one) => [one.id, one]));
    const [kinds, isOffice] = [kindOf(), (kind = '') => ['LEADING_BODY', 'DEPARTMENT'].includes(kind)];
    for (const { contactorIds, liaisonIds, from } of assignments('division-residential-area')) {
      expect([1, 2]).toContain(liaisonIds.length);
      const home = cadres.get(contactorIds[0] as string)?.posts.at(-1)?.organizationId as string;
      for (const id of liaisonIds) {
        expect(['SECTION', 'STAFF']).toContain(cadres.get(id)?.ranks.at(-1)?.rank);
        const at = cadres.get(id)?.posts.find((post) => covers(post, from))?.organizationId as string;
        expect(isOffice(kinds.get(at))).toBe(true);
        if (isOffice(kinds.get(home))) expect(at).toBe(home);
      }
    }
    const everybody = assignments('division-residential-area').flatMap(({ liaisonIds }) => liaisonIds);
    expect(new Set(everybody).size).toBe(everybody.length);
  });

  it('asks for one visit, one report and one review a month, and has the second-week Thursday of June 2018 on the 7th', () => {
    const scheme = lines.contactScheme.find(({ code }) => code === 'bureau-subdistrict');
    expect(scheme?.versions[0]?.duties.map(({ activity }) => activity).toSorted()).toEqual([
      'CONDITIONS_REVIEW',
      'REPORT_HEARD',
      'VISIT',
    ]);
    const june = lines.duty.filter(
      (one) => one.scheme === 'division-residential-area' && one.windowStart.startsWith('2018-06'),
    );
    expect(june.length).toBeGreaterThan(300);
    expect(new Set(june.map(({ windowStart }) => windowStart))).toEqual(new Set(['2018-06-07']));
  });

  it('has party leaders online quarterly and government leaders monthly', () => {
    const recurrence = (code: string) =>
      lines.contactScheme.find((one) => one.code === code)?.versions[0]?.duties.map((duty) => duty.recurrence);
    expect(recurrence('dialogue-party')).toEqual(['FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1']);
    expect(recurrence('dialogue-government')).toEqual(['FREQ=MONTHLY;BYMONTHDAY=1']);
  });

  it('pairs 858 community and two-new branches, and not all there are', () => {
    const partners = new Set(lines.branchPairing.filter((one) => covers(one, DAY)).map(({ partnerId }) => partnerId));
    const branches = organizations('PARTY_BRANCH').filter(
      ({ sector }) => sector === 'COMMUNITY' || sector === 'TWO_NEW',
    );
    expect(branches.filter(({ id }) => partners.has(id))).toHaveLength(858);
    expect(branches.length).toBeGreaterThan(858);
    expect(lines.branchPairing.some(({ until }) => until && until <= DAY)).toBe(true);
    expect(lines.branchPairing.some(({ from }) => from > DAY)).toBe(true);
  });

  it('has 8842 hardship households assisted by more than 5000 active party cadres, and some that nobody assists yet', () => {
    const inHardship = new Set(
      lines.household
        .filter(({ hardship }) => hardship?.some(({ since, until }) => covers({ from: since, until }, DAY)))
        .map(({ id }) => id),
    );
    const current = lines.pairedAssistance.filter((one) => covers(one, DAY));
    expect(new Set(current.map(({ householdId }) => householdId).filter((id) => inHardship.has(id))).size).toBe(8842);
    expect(inHardship.size).toBe(9104);
    const members = new Set(
      lines.cadre
        .filter(
          (one) =>
            one.status === 'ACTIVE' && one.partyMembership.some((held) => held.kind === 'PARTY' && covers(held, DAY)),
        )
        .map(({ id }) => id),
    );
    const helpers = new Set(current.map(({ cadreId }) => cadreId));
    expect([...helpers].every((id) => members.has(id))).toBe(true);
    expect(helpers.size).toBe(5318);
    expect(members.size).toBeGreaterThan(helpers.size);
    expect(lines.pairedAssistance.some(({ until }) => until && until <= DAY)).toBe(true);
    expect(lines.pairedAssistance.some(({ from }) => from > DAY)).toBe(true);
  });

  it('has 2088 responsibility grids, 2105 teams and 23,000 people in them, each counted once', () => {
    expect(lines.grid.filter((one) => one.layer === 'responsibility' && covers(one, DAY))).toHaveLength(2088);
    expect(lines.serviceTeam.filter((one) => covers(one, DAY))).toHaveLength(2105);
    const active = lines.participant.filter(({ teams }) => teams.some((held) => covers(held, DAY)));
    expect(new Set(active.map(({ personCode }) => personCode)).size).toBe(23_000);
    expect(lines.participant.length).toBeGreaterThan(23_000);
    const cadreIds = active.flatMap(({ cadreId }) => cadreId ?? []);
    expect(cadreIds.length).toBeGreaterThan(2_000);
    expect(new Set(cadreIds).size).toBe(cadreIds.length);
    expect(active.some(({ teams }) => teams.length > 1)).toBe(true);
  });

  it('has more than 330 party delegates', () => {
    const delegates = lines.publicRepresentative.filter(
      ({ kind, termFrom, termUntil }) => kind === 'PARTY_DELEGATE' && covers({ from: termFrom, until: termUntil }, DAY),
    );
    expect(delegates.length).toBeGreaterThan(330);
    expect(delegates.length).toBeLessThan(400);
  });

  it('receives people on the 15th of August 2018 at each of the 12 service centres', () => {
    const august = lines.receptionDay.filter(({ kind, date }) => kind === 'MONTHLY' && date.startsWith('2018-08'));
    expect(new Set(august.map(({ date }) => date))).toEqual(new Set(['2018-08-15']));
    expect(new Set(august.map(({ subdistrictId }) => subdistrictId)).size).toBe(12);
    const centres = new Set(organizations('SERVICE_CENTRE').map(({ id }) => id));
    expect(august.every(({ venueId }) => centres.has(venueId))).toBe(true);
  });

  it('receives people all over the communities twice in 2017', () => {
    const concentrated = lines.receptionDay.filter(
      ({ kind, date }) => kind === 'CONCENTRATED' && date.startsWith('2017'),
    );
    expect(new Set(concentrated.map(({ date }) => date)).size).toBe(2);
    const areas = new Set(organizations('RESIDENTIAL_AREA').map(({ id }) => id));
    expect(concentrated.every(({ venueId }) => areas.has(venueId))).toBe(true);
  });
});
