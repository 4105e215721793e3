import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '@frontline/access';
import { startForked } from './forked.ts';
import { askOnce, type Asked } from './load.ts';
import { withOwnDistrict, type OwnDistrict } from './own-district.ts';
import { compare } from './sides.ts';

const AS_OF = '2018-08-17';
const SCHEME = 'division-residential-area';
const leader: Actor = { kind: 'person', sub: 'bench', grants: [{ role: 'LEADER' }] };

/** What is asked of both sides: figures for the district or below an organization of it. */
interface Question {
  title: string;
  under: string | null;
}

/** A day's coverage from the projection, and by a recount of the same day. */
export async function coverage(rounds: number): Promise<void> {
  await withOwnDistrict(async (district) => {
    const { data } = (await answer(
      district,
      '{ part: organization(code: "310110009") { id } whole: organization(code: "310110") { id } }',
    )) as { data: Record<'part' | 'whole', { id: string }> };
    const questions: Question[] = [
      { title: 'Coverage of a scheme in the district', under: null },
      { title: 'Coverage of a scheme below one subdistrict', under: data.part.id },
      { title: 'Coverage of a scheme below the whole district', under: data.whole.id },
    ];
    // whoever is stale since the import is counted before the first answer
    await answer(district, `{ coverage(scheme: "${SCHEME}", asOf: "${AS_OF}") { rebuiltAt } }`);
    await district.analyze();
    for (const question of questions) await compareOne(district, question, rounds);
  });
}

async function compareOne(district: OwnDistrict, { title, under }: Question, rounds: number): Promise<void> {
  const args = `scheme: "${SCHEME}", asOf: "${AS_OF}"${under ? `, under: "${under}"` : ''}`;
  const query = `{ coverage(${args}) { contactors { eligible covered } targets { eligible covered } } }`;
  const plain = await startForked('coverage-recount', {
    database: district.database,
    scheme: SCHEME,
    asOf: AS_OF,
    under,
  });
  try {
    const bare: Asked = { url: plain.url, headers: {}, body: '{}' };
    const { data } = (await answer(district, query)) as { data: { coverage: unknown } };
    const [ours, theirs] = [data.coverage, JSON.parse(await askOnce(bare)) as unknown];
    if (!isDeepStrictEqual(ours, theirs)) throw new Error(`The projection and the recount differ: ${title}`);
    await compare(
      title,
      [
        {
          name: 'the recount in SQL',
          asked: async () => bare,
          used: async () => ({ ...(await plain.used()), statements: 0 }),
        },
        {
          name: 'the organizations subgraph',
          asked: () => asked(district, query),
          used: () => district.read(),
        },
      ],
      { rounds, requests: 100, concurrency: 1 },
    );
  } finally {
    await plain.stop();
  }
}

async function asked({ organizations, tokens }: OwnDistrict, query: string): Promise<Asked> {
  return {
    url: `${organizations}/graphql`,
    headers: { authorization: `Bearer ${await tokens.sign('organizations', leader)}` },
    body: JSON.stringify({ query }),
  };
}

async function answer(district: OwnDistrict, query: string): Promise<unknown> {
  return JSON.parse(await askOnce(await asked(district, query)));
}
