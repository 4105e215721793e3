import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { frontlineOffice, gridWorker, idOf, smallDistrict, somebody } from '../small-district.fixture.ts';

describe('service teams', () => {
  let district: SubgraphUnderTest;
  beforeAll(async () => {
    district = await smallDistrict();
  });
  afterAll(() => district?.stop());

  it('are counted as of a day', async () => {
    const { today, before } = await district.answer(
      frontlineOffice,
      `{ today: serviceTeams(filter: { activeOn: "2018-08-17" }) { totalCount }
         before: serviceTeams(filter: { activeOn: "2018-08-16" }) { totalCount } }`,
    );
    expect([today.totalCount, before.totalCount]).toEqual([3, 4]);
  });

  it('serve the grids they name, or their whole area', async () => {
    const { grid } = await district.answer(
      frontlineOffice,
      '{ grid(code: "G1") { teams { totalCount nodes { code grids { code } } } } }',
    );
    expect(grid.teams).toEqual({
      totalCount: 2,
      nodes: [
        { code: 'T1', grids: [{ code: 'G1' }] },
        { code: 'T2', grids: [] },
      ],
    });
  });

  it('count each person once, however many teams they are in', async () => {
    const count = async (filter: string) => {
      const query = `{ serviceTeamParticipants(filter: ${filter}) { totalCount } }`;
      return (await district.answer(frontlineOffice, query)).serviceTeamParticipants.totalCount;
    };
    expect(await count('{ activeOn: "2018-08-17" }')).toBe(3);
    expect(await count('{ activeOn: "2017-08-17" }')).toBe(4);
    expect(await count('{ activeOn: "2011-08-17" }')).toBe(0);
    expect(await count(`{ activeOn: "2018-08-17", within: "${idOf('north')}" }`)).toBe(2);
    expect(await count(`{ teamId: "${idOf('T1')}", activeOn: "2015-06-01" }`)).toBe(2);
    expect(await count('{ roles: [PROPERTY_COMPANY, POLICE] }')).toBe(2);
  });

  it('list who is in them on a day, once', async () => {
    const { serviceTeam } = await district.answer(
      frontlineOffice,
      `{ serviceTeam(code: "T1") { today: participants { totalCount nodes { code cadre { id } } }
         in2015: participants(on: "2015-06-01") { nodes { code } } } }`,
    );
    expect(serviceTeam.today).toEqual({
      totalCount: 2,
      nodes: [
        { code: 'P-both', cadre: null },
        { code: 'P-cadre', cadre: { id: idOf('helper') } },
      ],
    });
    expect(serviceTeam.in2015.nodes).toEqual([{ code: 'P-both' }, { code: 'P-left' }]);
  });

  it('keep a person’s times in teams', async () => {
    const { serviceTeamParticipant: person } = await district.answer(
      frontlineOffice,
      '{ serviceTeamParticipant(code: "P-cadre") { role memberships { from until team { code } } } }',
    );
    expect(person).toEqual({
      role: 'PARTY_MEMBER',
      memberships: [
        { from: '2016-01-01', until: null, team: { code: 'T1' } },
        { from: '2012-01-01', until: '2015-01-01', team: { code: 'T1' } },
      ],
    });
  });

  it('name their people to those who work where they do, and that is in the audit trail', async () => {
    const names = async (actor: Parameters<SubgraphUnderTest['answer']>[0]) => {
      const { serviceTeamParticipants: list } = await district.answer(
        actor,
        '{ serviceTeamParticipants { nodes { name } } }',
      );
      return list.nodes.map(({ name }: { name: string }) => name);
    };
    expect(await names(frontlineOffice)).toEqual(['王**', '陈**', '张**', '李**']);
    expect(await district.audited('serviceTeamParticipant.unmaskedRead')).toEqual([]);
    expect(await names(gridWorker)).toEqual(['王小明', '陈静', '张强', '李**']);
    expect(await district.audited('serviceTeamParticipant.unmaskedRead')).toHaveLength(3);
  });

  it('hang on organizations and on the cadres who take part', async () => {
    const { _entities: found } = await district.answer(
      frontlineOffice,
      `query ($of: [_Any!]!) { _entities(representations: $of) {
         ... on Organization { serviceTeams(filter: { activeOn: "2018-08-17" }) { nodes { code } } }
         ... on Cadre { serviceTeams { nodes { code } } } } }`,
      {
        of: [
          { __typename: 'Organization', id: idOf('north') },
          { __typename: 'Cadre', id: idOf('helper') },
        ],
      },
    );
    expect(found).toEqual([
      { serviceTeams: { nodes: [{ code: 'T1' }, { code: 'T2' }] } },
      { serviceTeams: { nodes: [{ code: 'T1' }] } },
    ]);
  });

  it('are no business of partners', async () => {
    const query = '{ serviceTeamParticipants { totalCount } }';
    expect(await district.refusal(somebody('PARTNER'), query)).toMatchObject({ code: 'access.denied' });
  });
});
