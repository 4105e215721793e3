import { addDays, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import type { DistrictMap } from '../geometry/district-map.ts';
import { idOf, organizationId } from '../ids.ts';
import { DEMO, type ImportLine } from '../output/import-line.ts';
import { between } from '../personnel/careers.ts';
import type { Cadre } from '../personnel/cadre.ts';
import { inventedName } from '../personnel/invented-name.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';

/** A service team as the import reads it. */
export interface ServiceTeamLine extends ImportLine {
  type: 'serviceTeam';
  code: string;
  name: string;
  residentialAreaId: string;
  gridIds: string[];
  from: Day;
  until?: Day;
}

type Role =
  | 'COMMITTEE_WORKER'
  | 'OWNERS_COMMITTEE'
  | 'PROPERTY_COMPANY'
  | 'LOCAL_UNIT'
  | 'POLICE'
  | 'DOCTOR'
  | 'PARTY_MEMBER'
  | 'LEAGUE_MEMBER';

/** A person in service teams as the import reads them. */
export interface ParticipantLine extends ImportLine {
  type: 'participant';
  personCode: string;
  name: string;
  role: Role;
  cadreId?: string;
  organizationId?: string;
  teams: { teamId: string; from: Day; until?: Day }[];
}

/** Teams with the codes of their grids and area, by which visits find them. */
export interface Team {
  line: ServiceTeamLine;
  areaCode: string;
}

/** Teams: nearly one for each grid; a few serve two, a few grids have two, a few serve a whole residential area; some are over. */
export function teamsOf(plan: DistrictPlan, map: DistrictMap, seed: string): Team[] {
  const random = dice(seed, 'teams');
  const teams: Team[] = [];
  const add = (areaCode: string, gridCodes: string[], from: Day, until?: Day): void => {
    const code = `${plan.prefix}-T${String(teams.length + 1).padStart(4, '0')}`;
    const line: ServiceTeamLine = {
      type: 'serviceTeam',
      id: idOf('serviceTeam', code),
      code,
      name: `第${teams.length + 1}服务团队${DEMO}`,
      residentialAreaId: organizationId(areaCode),
      gridIds: gridCodes.map((grid) => idOf('grid', grid)),
      from,
      ...(until && { until }),
    };
    teams.push({ line, areaCode });
  };
  const doubles = Math.floor(plan.grids / 50);
  const { grids } = map;
  for (let at = 0, left = doubles; at < grids.length; at += 1) {
    const [grid, next] = [grids[at], grids[at + 1]];
    if (!grid) continue;
    if (left > 0 && at % 37 === 0 && next?.areaCode === grid.areaCode) {
      add(grid.areaCode, [grid.code, next.code], '2016-01-01');
      at += 1;
      left -= 1;
    } else add(grid.areaCode, [grid.code], '2016-01-01');
  }
  while (teams.length < plan.teams) {
    const grid = random.pick(grids);
    add(grid.areaCode, teams.length % 2 === 0 ? [grid.code] : [], '2017-03-01');
  }
  for (let nth = 0; nth < Math.ceil(plan.teams / 90); nth += 1) {
    const grid = random.pick(grids);
    add(grid.areaCode, [grid.code], '2015-02-01', between(random, '2016-01-01', plan.figuresDay));
  }
  return teams;
}

/** What each team needs first, in this order; whoever comes after has any of these roles. */
const ROLES: readonly Role[] = [
  'COMMITTEE_WORKER',
  'PARTY_MEMBER',
  'POLICE',
  'OWNERS_COMMITTEE',
  'PROPERTY_COMPANY',
  'DOCTOR',
  'LOCAL_UNIT',
];
const LATER: readonly Role[] = ['COMMITTEE_WORKER', 'OWNERS_COMMITTEE', 'PROPERTY_COMPANY', 'LOCAL_UNIT', 'LOCAL_UNIT'];

/** Everybody in the teams: each is one person, in one team or several; some have left; some are cadres. */
export function* participants(
  plan: DistrictPlan,
  teams: readonly Team[],
  cadres: readonly Cadre[],
  seed: string,
): Generator<ParticipantLine> {
  const random = dice(seed, 'participants');
  const { active, former, cadres: cadreCount } = plan.participants;
  const current = teams.filter(({ line }) => line.until === undefined || line.until > plan.figuresDay);
  const serving = random
    .shuffled(cadres.filter(({ isServing, line }) => isServing && line.partyMembership.length > 0))
    .slice(0, cadreCount);
  let cadreAt = 0;
  for (let nth = 0; nth < active + former; nth += 1) {
    const isFormer = nth >= active;
    const team = current[nth % current.length] as Team;
    const round = Math.floor(nth / current.length);
    const wanted = isFormer ? random.pick(LATER) : (ROLES[round] ?? random.pick(LATER));
    const last = active - nth <= serving.length - cadreAt;
    const cadre = !isFormer && (wanted === 'PARTY_MEMBER' || last) ? serving[cadreAt++] : undefined;
    const role = cadre
      ? cadre.isPartyMember
        ? 'PARTY_MEMBER'
        : 'LEAGUE_MEMBER'
      : wanted === 'PARTY_MEMBER'
        ? 'LOCAL_UNIT'
        : wanted;
    const from = between(random, team.line.from, '2018-06-30');
    const earliest = cadre && cadre.line.recruitedOn > from ? cadre.line.recruitedOn : from;
    const held = [
      {
        teamId: team.line.id,
        from: earliest,
        ...(isFormer && { until: between(random, addDays(earliest, 1), plan.figuresDay) }),
      },
    ];
    const other = current[(nth + 1) % current.length] as Team;
    if (!isFormer && (role === 'POLICE' || role === 'DOCTOR' || random.chance(0.06)) && other.line.from <= earliest) {
      held.push({
        teamId: other.line.id,
        from: earliest,
        ...(random.chance(0.2) && { until: between(random, addDays(earliest, 1), plan.figuresDay) }),
      });
    }
    const personCode = `${plan.prefix}-P${String(nth + 1).padStart(6, '0')}`;
    yield {
      type: 'participant',
      id: idOf('participant', personCode),
      personCode,
      name: cadre?.line.name ?? inventedName(random, random.chance(0.5) ? 'FEMALE' : 'MALE'),
      role,
      ...(cadre && { cadreId: cadre.line.id, organizationId: organizationId(cadre.organizationCode) }),
      ...(role === 'COMMITTEE_WORKER' && { organizationId: organizationId(team.areaCode) }),
      teams: held,
    };
  }
}
