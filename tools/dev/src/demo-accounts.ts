import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role } from '@frontline/access';
import { scenarioFolder } from './loaded-data.ts';
import { StartRefused } from './start-options.ts';

/** What each role stands for, for whoever picks one. */
export const meanings: Record<Role, string> = {
  GRID_WORKER: '网格员 · looks after the households of a residential area',
  CADRE: '联系干部 · has fixed contacts, visits, answers for cases',
  SUBDISTRICT: '街镇 · runs a subdistrict: its teams, contacts, cases',
  DEPARTMENT: '委办局 · a district department that solves cases',
  DISPATCH_CENTRE: '派单中心 · sends cases to who has to solve them',
  FRONTLINE_OFFICE: '一线办 · runs the method: schemes, coverage, assignments',
  INSPECTION: '督查 · urges what is late',
  ORG_DEPARTMENT: '组织部 · keeps cadres, posts, grassroots experience',
  LEADER: '区领导 · reads the whole district',
  AUDITOR: '审计 · reads who did and saw what',
  PARTNER: '合作方 · another system; sees no person',
  ADMIN: '管理员 · runs the platform',
};

/** A demo account of the scenario. */
export interface DemoAccount {
  sub: string;
  role: Role;
  /** Code after the role in `sub`: an organization's, or a cadre's staff number. */
  code?: string;
  cadreId?: string;
  /** Id of the organization for which it holds. */
  place?: string;
}

/** The demo accounts of the scenario that was written here last; none where none was. */
export function demoAccounts(): DemoAccount[] {
  return scenarioLines<{ sub: string; cadreId?: string; grants: { role: Role; place?: string }[] }>(
    'personnel',
    'account',
  ).flatMap(({ sub, cadreId, grants }) => {
    const [grant] = grants;
    const code = sub.split(':')[2];
    return grant ? [{ sub, ...grant, ...(code && { code }), ...(cadreId && { cadreId }) }] : [];
  });
}

/** The lines of one type in a file of the scenario. */
export function scenarioLines<T>(service: string, type: string): T[] {
  const file = join(scenarioFolder, `${service}.ndjson`);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`{"type":"${type}"`))
    .map((line) => JSON.parse(line) as T);
}

/** Checks a role and, where a scenario was written here, its place; throws {@link StartRefused} with what there is. */
export function checkAccount(role: string | undefined, place: string | undefined, accounts = demoAccounts()): Role {
  const known = ROLES.find((each) => each === role);
  if (!known) {
    const what = role ? `There is no role ${role}` : 'Name a role';
    throw new StartRefused(`${what}: ${ROLES.map((each) => `\n  ${each.padEnd(17)}${meanings[each]}`).join('')}`);
  }
  if (place === undefined || accounts.length === 0) return known;
  const codes = accounts.flatMap((account) => (account.role === known && account.code ? [account.code] : []));
  if (codes.includes(place)) return known;
  if (codes.length === 0) throw new StartRefused(`${known} holds in the whole district: leave --place out.`);
  const what = known === 'CADRE' ? 'a cadre with the staff number' : 'a place with the code';
  const examples = codes.slice(0, 3).join(', ');
  throw new StartRefused(
    `No demo account of ${known} has ${what} ${place}: there are ${codes.length}, among them ${examples}; without --place you get the usual one.`,
  );
}
