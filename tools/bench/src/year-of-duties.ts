import { withConnection } from '@frontline/postgres';
import { askOnce, median } from './load.ts';
import { print } from './printing.ts';
import type { RunningPlatform } from './running-platform.ts';

/** Duties that lie ahead and that nothing has become of yet: what the engine makes again when they are gone. */
const AHEAD = `owed_under <> 'TELL_BACK' and fulfilled_by is null and excuse is null and window_start > $1::date`;

const GENERATE = 'mutation { generateDuties(input: {}) { added } }';

/** Longest that the engine may take for all that lies ahead at scale 1, in seconds (issue 4). */
const TARGET_S = 15;

/**
 * The duties of all assignments and assistances from tomorrow to the horizon, made from nothing by the obligation engine,
 * beside a bare insert of the same rows into a table with the same indexes. Both take turns in one run. It takes the
 * duties ahead away and makes them again, so that the platform is afterwards as it was.
 */
export async function yearOfDuties(platform: RunningPlatform, database: string, rounds: number): Promise<void> {
  const today = await dayOf(platform);
  const engine: number[] = [];
  const bare: number[] = [];
  let made = 0;
  await withConnection(database, async (db) => {
    for (let round = 0; round < rounds; round += 1) {
      await db.query(`delete from duty where ${AHEAD}`, [today]);
      await db.query('vacuum analyze duty');
      const begun = performance.now();
      made = await generate(platform);
      engine.push((performance.now() - begun) / 1000);
      await db.query('drop table if exists bench_duty, bench_rows');
      await db.query('create unlogged table bench_rows (like duty)');
      await db.query(`insert into bench_rows select * from duty where ${AHEAD}`, [today]);
      await db.query('create table bench_duty (like duty including all)');
      const inserting = performance.now();
      await db.query('insert into bench_duty select * from bench_rows');
      bare.push((performance.now() - inserting) / 1000);
      await db.query('drop table bench_duty, bench_rows');
    }
  });
  const [ours, theirs] = [median(engine), median(bare)];
  const each = (seconds: readonly number[]) => seconds.map((one) => one.toFixed(1)).join(' ');
  print(
    `\nA year of duties: ${made} made from nothing, ${rounds} rounds\n` +
      `  the engine             ${ours.toFixed(1)} s   × ${(ours / theirs).toFixed(2)}   each round ${each(engine)}   (target: under ${TARGET_S} s)\n` +
      `  a bare insert of them  ${theirs.toFixed(1)} s   × 1.00   each round ${each(bare)}\n`,
  );
}

async function dayOf(platform: RunningPlatform): Promise<string> {
  const answer = await ask(platform, '{ platform { today } }');
  return (answer as { platform: { today: string } }).platform.today;
}

async function generate(platform: RunningPlatform): Promise<number> {
  const { generateDuties } = (await ask(platform, GENERATE)) as { generateDuties: { added: number } };
  return generateDuties.added;
}

/** Asks the organizations service itself: the gateway gives up on what takes longer than a page may. */
async function ask(platform: RunningPlatform, query: string): Promise<unknown> {
  const actor = await platform.actorOf('FRONTLINE_OFFICE');
  const text = await askOnce({
    url: `${platform.urlOf('organizations')}/graphql`,
    headers: { authorization: `Bearer ${await platform.tokens.sign('organizations', actor)}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (errors || !data) throw new Error(`The organizations service answered ${JSON.stringify(errors)}`);
  return data;
}
