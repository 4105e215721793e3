import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { generate, type GenerateOptions } from '@frontline/scenario';
import { PlatformUnderTest, SERVICES, type Records, type ServiceName } from '@frontline/testing';

/** The day before the month that is played: what the scenario has, it has until then. */
const EVE = '2018-09-30';

/** A cadre of the district, as the month needs them. */
export interface Player {
  id: string;
  staffNumber: string;
  posts: { organizationId: string; from: string; until?: string }[];
  ranks: { rank: string; from: string; until?: string }[];
}

/** A district of the scenario on the morning of the month's first day, with everybody in it who can sign in. */
export interface PlayedDistrict {
  platform: PlatformUnderTest;
  /** Cadres in service, by id. */
  players: ReadonlyMap<string, Player>;
  /** Questions of dialogues and microblogs that nobody has answered by then. */
  questionsOpen: number;
}

/** Starts a whole platform with a district of the scenario, over a real broker. */
export async function playedDistrict(district: GenerateOptions['district'], firstDay: string): Promise<PlayedDistrict> {
  const out = await mkdtemp(join(tmpdir(), 'frontline-month-'));
  try {
    generate({ out, district, scale: 1, asOf: EVE, seed: '1' });
    const files = SERVICES.map((service) => [service, join(out, `${service}.ndjson`)] as const);
    const { players, accounts } = await peopleOf(join(out, 'personnel.ndjson'));
    const records = Object.fromEntries(files) as Record<ServiceName, Records>;
    const questionsOpen = await openQuestionsIn(join(out, 'organizations.ndjson'));
    const platform = await PlatformUnderTest.start({ today: firstDay, records });
    try {
      await platform.import('personnel', accounts);
    } catch (error) {
      await platform.stop();
      throw error;
    }
    return { platform, players, questionsOpen };
  } finally {
    await rm(out, { recursive: true });
  }
}

async function openQuestionsIn(file: string): Promise<number> {
  let open = 0;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const { questions = [] } = JSON.parse(text) as { questions?: { answer?: object; demandId?: string }[] };
    open += questions.filter(({ answer, demandId }) => !answer && !demandId).length;
  }
  return open;
}

/** Cadres in service, and an account for each who has none: in the scenario only holders of contacts can sign in. */
async function peopleOf(file: string): Promise<{ players: Map<string, Player>; accounts: object[] }> {
  const players = new Map<string, Player>();
  const subs = new Set<string>();
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = JSON.parse(text) as Player & { type: string; status?: string; statuses?: unknown; sub?: string };
    if (line.type === 'account') subs.add(line.sub as string);
    if (line.type === 'cadre' && line.status === 'ACTIVE') players.set(line.id, line);
  }
  const accounts = [...players.values()]
    .map(({ id, staffNumber, posts }) => ({ id, sub: `demo:CADRE:${staffNumber}`, posts }))
    .filter(({ sub }) => !subs.has(sub))
    .map(({ id, sub, posts }) => ({
      type: 'account',
      // a cadre's id with another version digit is an id that nothing else has
      id: `${id.slice(0, 14)}8${id.slice(15)}`,
      sub,
      label: `${sub}（演示 / demo）`,
      cadreId: id,
      grants: [{ role: 'CADRE', place: posts.at(-1)?.organizationId }],
    }));
  return { players, accounts };
}
