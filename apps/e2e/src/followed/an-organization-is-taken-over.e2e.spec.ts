import { describeWith, PlatformUnderTest } from '@frontline/testing';
import { expectNothingWaits } from '../first-flow/visit.fixture.ts';
import { contactedStreet, ids, OTHER_STREET, TODAY } from './contacted-street.fixture.ts';
import { deliverTwiceMore, factsAbout, follows } from './observed.fixture.ts';

const MERGE = `mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }`;
const CHANGE_DAY = '2018-09-03';

/** Where everything belongs, as somebody of the other street and the Frontline Office see it. */
const SEEN = `query ($street: ID!, $other: ID!, $case: ID!, $before: Date!) {
  street: organization(id: $street) { grids { totalCount } serviceTeams { totalCount } }
  other: organization(id: $other) { grids { totalCount } serviceTeams { totalCount } households { totalCount } }
  case(id: $case) { leadOrganization { id } area { id } promiseDueAt moves { state organization { id name } } }
  grid(code: "DEMO-G1") { residentialArea { id } before: residentialArea(on: $before) { id } }
  contacts: contactAssignments(filter: { contactorId: "${ids.contactor}" }) { nodes { scheme from until target { id } } }
  history: contactAssignments(filter: { contactorId: "${ids.contactor}", on: $before }) { nodes { scheme from until target { id } } }
}`;

/** Where a cadre serves on a day and the day before, with the case that they hold. */
const PERSON = `query ($cadre: ID!, $case: ID!, $on: Date!, $before: Date!) {
  cadre(id: $cadre) { posts(on: $on) { title organization { id } } before: posts(on: $before) { title organization { id } } }
  case(id: $case) { holder { id } leadOrganization { id } }
}`;
const ACCOUNT = '{ viewer { places { role organization { id } } } cases { nodes { id } } }';

interface Person {
  cadre: Record<'posts' | 'before', { title: string; organization: { id: string } }[]>;
  case: { holder: { id: string } | null; leadOrganization: { id: string } };
}
interface Seeing {
  viewer: { places: { role: string; organization: { id: string } | null }[] };
  cases: { nodes: { id: string }[] };
}

interface Contact {
  scheme: string;
  from: string;
  until: string | null;
  target: { id: string };
}
interface Seen {
  street: { grids: { totalCount: number } };
  other: { grids: { totalCount: number }; serviceTeams: { totalCount: number }; households: { totalCount: number } };
  case: {
    leadOrganization: { id: string };
    area: { id: string };
    promiseDueAt: string;
    moves: { state: string; organization: { id: string; name: string } }[];
  };
  grid: { residentialArea: { id: string }; before: { id: string } };
  contacts: { nodes: Contact[] };
  history: { nodes: Contact[] };
}

describeWith('kafka')('an organization that is taken over', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => void (platform = await PlatformUnderTest.start(contactedStreet)));
  afterAll(() => platform?.stop());

  const seen = () =>
    platform.ask<Seen>('FRONTLINE_OFFICE', SEEN, {
      street: ids.street,
      other: ids.otherStreet,
      case: ids.openCase,
      before: TODAY,
    });
  const merge = (key: string, organizationId: string, successorId: string, on: string) =>
    platform.ask('ADMIN', MERGE, {
      input: { idempotencyKey: key, organizationIds: [organizationId], successorId, on },
    });
  const openContacts = ({ contacts }: Seen, scheme: string) =>
    contacts.nodes.filter((each) => each.scheme === scheme && !each.until).map(({ target }) => target.id);
  const casesOf = async (place: string) =>
    (
      await platform.ask<{ cases: { nodes: { id: string }[] } }>(
        { role: 'SUBDISTRICT', place },
        '{ cases { nodes { id } } }',
      )
    ).cases.nodes.map(({ id }) => id);

  const person = (cadre: string, its: string, on: string, before: string) =>
    platform.ask<Person>('FRONTLINE_OFFICE', PERSON, { cadre, case: its, on, before });
  const serves = (at: string) => [{ title: '科员', organization: { id: at } }];
  const account = async (role: string) => {
    const { viewer, cases } = await platform.ask<Seeing>(role, ACCOUNT);
    return {
      places: viewer.places.map(({ organization }) => organization?.id),
      cases: cases.nodes.map(({ id }) => id),
    };
  };

  it('as a street: its assignments, grids, teams and open cases are the successor’s, who sees them', async () => {
    const before = await seen();
    expect(before).toMatchObject({ street: { grids: { totalCount: 1 } }, other: { grids: { totalCount: 0 } } });
    expect(await casesOf(OTHER_STREET)).toEqual([]);
    await merge('street-merges', ids.street, ids.otherStreet, TODAY);
    const after = await follows(
      'what belongs to a street that was taken over',
      seen,
      (found) => found.case.leadOrganization.id === ids.otherStreet && found.other.grids.totalCount === 1,
    );
    expect(after).toMatchObject({
      street: { grids: { totalCount: 0 } },
      other: { grids: { totalCount: 1 }, serviceTeams: { totalCount: 1 }, households: { totalCount: 1 } },
      case: { area: { id: ids.area }, promiseDueAt: before.case.promiseDueAt },
    });
    expect(after.case.moves.map(({ organization }) => organization.id)).toEqual([ids.street, ids.otherStreet]);
    expect(after.case.moves[0]?.organization.name).toBe('演示街道');
    expect(openContacts(after, 'monthly-street')).toEqual([ids.otherStreet]);
    expect(await casesOf(OTHER_STREET)).toContain(ids.openCase);
  });

  it('as a street: its people serve at the successor, with their open cases, and their accounts see its place', async () => {
    const found = await follows(
      'the post of a cadre of a street that was taken over',
      () => person(ids.ofStreet, ids.caseOfStreet, TODAY, '2018-08-16'),
      ({ cadre }) => cadre.posts[0]?.organization.id === ids.otherStreet,
    );
    expect(found.cadre).toEqual({ posts: serves(ids.otherStreet), before: serves(ids.street) });
    expect(found.case).toEqual({ holder: { id: ids.ofStreet }, leadOrganization: { id: ids.otherStreet } });
    const seen = await follows(
      'what an account of that street sees',
      () => account('SUBDISTRICT'),
      ({ places }) => places[0] === ids.otherStreet,
    );
    expect(seen.places).toEqual([ids.otherStreet]);
    expect(seen.cases).toEqual(expect.arrayContaining([ids.openCase, ids.caseOfStreet, ids.caseOfArea]));
  });

  it('as a residential area, decided for a later day: nothing follows before that day, everything on it', async () => {
    await merge('area-merges', ids.area, ids.otherArea, CHANGE_DAY);
    await platform.setClock('2018-09-02T22:00:00+08:00');
    expect(await seen()).toMatchObject({
      case: { area: { id: ids.area } },
      grid: { residentialArea: { id: ids.area } },
    });
    const dayBefore = await person(ids.ofArea, ids.caseOfArea, '2018-09-02', CHANGE_DAY);
    expect(dayBefore.cadre).toEqual({ posts: serves(ids.area), before: serves(ids.area) });
    expect(
      await factsAbout(platform, 'frontline.organizations.organization.v1', 'organization.succeeded', ids.area),
    ).toEqual([]);

    await platform.setClock(`${CHANGE_DAY}T00:01:00+08:00`);
    const after = await follows(
      'what belongs to a residential area on the day that it is taken over',
      seen,
      (found) => found.case.area.id === ids.otherArea && found.grid.residentialArea.id === ids.otherArea,
    );
    expect(after.grid.before).toEqual({ id: ids.area });
    expect(openContacts(after, 'monthly-area')).toEqual([ids.otherArea]);
    const helper = await follows(
      'the post of a cadre of that area',
      () => person(ids.ofArea, ids.caseOfArea, CHANGE_DAY, '2018-09-02'),
      ({ cadre }) => cadre.posts[0]?.organization.id === ids.otherArea,
    );
    expect(helper).toEqual({
      cadre: { posts: serves(ids.otherArea), before: serves(ids.area) },
      case: { holder: { id: ids.ofArea }, leadOrganization: { id: ids.otherArea } },
    });
    const seesThere = await follows(
      'what an account of that area sees',
      () => account('GRID_WORKER'),
      ({ places }) => places[0] === ids.otherArea,
    );
    expect(seesThere.cases).toEqual(expect.arrayContaining([ids.openCase, ids.caseOfArea]));
    expect(after.history.nodes).toContainEqual({
      scheme: 'monthly-area',
      from: '2017-01-01',
      until: CHANGE_DAY,
      target: { id: ids.area },
    });
  });

  it('is told once on its day, and followed once, however often it is delivered', async () => {
    const before = await seen();
    const tree = 'frontline.organizations.organization.v1';
    await deliverTwiceMore(platform, tree, 'organization.succeeded', [
      { service: 'cases', consumer: 'cases.follow-organizations' },
      { service: 'households', consumer: 'households.follow-organizations' },
      { service: 'personnel', consumer: 'personnel.follow-organizations' },
    ]);
    await platform.setClock('2018-09-04T09:00:00+08:00');
    expect(await seen()).toEqual(before);
    for (const each of [ids.street, ids.area])
      expect(await factsAbout(platform, tree, 'organization.succeeded', each)).toHaveLength(1);
    // once with the street, once with the area
    expect(await factsAbout(platform, 'frontline.cases.case.v1', 'case.passedOn', ids.openCase)).toHaveLength(2);
    for (const cadre of [ids.ofStreet, ids.ofArea])
      expect(await factsAbout(platform, 'frontline.personnel.cadre.v1', 'cadre.posted', cadre)).toHaveLength(1);
    expect(await factsAbout(platform, 'frontline.cases.case.v1', 'case.holderLeft')).toEqual([]);
    expect(await factsAbout(platform, 'frontline.households.household.v1', 'household.placed')).toHaveLength(1);
    await expectNothingWaits(platform);
  });
});
