import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  smallSchemas,
  startSmallDistrict,
  supergraphOf,
  type Answer,
  type SmallDistrict,
} from '../small-district.fixture.ts';

const trusted = 'query Cadre {\n  cadre(id: "4") {\n    name\n    openCases\n  }\n}';
const other = '{ caseCount }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
let manifest: string;
let district: SmallDistrict | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'frontline-documents-'));
  manifest = join(directory, 'manifest.json');
  await publish(trusted);
});
afterEach(async () => {
  await district?.stop();
  district = undefined;
  await rm(directory, { recursive: true });
});

const publish = (...texts: string[]) =>
  writeFile(manifest, JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text]))));

async function start(trust: string): Promise<SmallDistrict> {
  district = await startSmallDistrict({ TRUSTED_DOCUMENTS: trust, TRUSTED_DOCUMENTS_FILE: manifest });
  return district;
}

/** Asks by hash, as Apollo's clients do, with the text or without it. */
async function askByHash(text: string, { withText = false } = {}): Promise<Answer> {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(text) } };
  const response = await fetch(`${district?.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ extensions, ...(withText && { query: text }) }),
  });
  return { status: response.status, requestId: null, ...((await response.json()) as object) };
}

/** The value of a metric, by its name and one of its labels. */
async function metric(name: string, label = ''): Promise<number> {
  const lines = (await (await fetch(`${district?.gateway.url}/metrics`)).text()).split('\n');
  const line = lines.find((each) => new RegExp(`^${name}[ {]`).test(each) && each.includes(label));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);

describe('documents that clients ask by their hash', () => {
  it('are answered once a client has sent the text', async () => {
    await start('off');
    expect(codes(await askByHash(other))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect((await askByHash(other, { withText: true })).data).toEqual({ caseCount: 7 });
    expect((await askByHash(other)).data).toEqual({ caseCount: 7 });
  });

  it('are answered without that if the manifest names them', async () => {
    await start('warn');
    expect((await askByHash(trusted)).data).toEqual({ cadre: { name: 'cadre 4', openCases: 3 } });
  });
});

describe('with TRUSTED_DOCUMENTS=enforce', () => {
  it('the documents of the manifest are answered, by id and by text, whatever its white space', async () => {
    const { ask } = await start('enforce');
    const expected = { cadre: { name: 'cadre 4', openCases: 3 } };
    expect((await askByHash(trusted)).data).toEqual(expected);
    expect((await ask(trusted)).data).toEqual(expected);
    expect((await ask('query Cadre { cadre(id: "4") { name, openCases } }')).data).toEqual(expected);
    expect(await metric('document_requests_total', 'document="trusted"')).toBe(3);
  });

  it.each([
    ['another document', other],
    ['one that differs in a value', trusted.replace('"4"', '"5"')],
    ['introspection', '{ __schema { types { name } } }'],
    ['what is no GraphQL', '{'],
  ])('%s is refused before anybody is asked', async (_, query) => {
    const { ask, cases, personnel } = await start('enforce');
    const answer = await ask(query);
    expect([answer.status, codes(answer)]).toEqual([403, ['document.notTrusted']]);
    expect([...cases.asked, ...personnel.asked]).toEqual([]);
    expect(await metric('document_requests_total', 'document="refused"')).toBe(1);
  });

  it('nothing is learned from clients, and nothing let in by GET', async () => {
    const { gateway } = await start('enforce');
    expect(codes(await askByHash(other, { withText: true }))).toEqual(['document.notTrusted']);
    expect(codes(await askByHash(other))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    const got = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(other)}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(got.status).toBe(403);
  });

  it('a manifest that changes is taken, and a broken one ignored and counted', async () => {
    const { ask } = await start('enforce');
    await publish(trusted, other);
    await eventually(async () => (await ask(other)).status === 200);
    await writeFile(manifest, '{');
    await eventually(async () => (await metric('trusted_documents_file_is_current')) === 0);
    expect([(await ask(other)).status, await metric('trusted_documents')]).toEqual([200, 2]);
  });
});

it('with TRUSTED_DOCUMENTS=warn others are answered and counted', async () => {
  const { ask } = await start('warn');
  expect((await ask(other)).data).toEqual({ caseCount: 7 });
  expect(await metric('document_requests_total', 'document="untrusted"')).toBe(1);
});

describe('a manifest', () => {
  it('that cannot be read keeps the gateway from starting, and says why', async () => {
    await writeFile(manifest, '[]');
    await expect(start('enforce')).rejects.toThrow(/TRUSTED_DOCUMENTS_FILE: .*neither/);
  });

  it('has its documents planned before anybody asks, at the start and for a new graph', async () => {
    await publish(trusted, '{ casesToday }');
    const { ask, supergraphFile } = await start('enforce');
    // One beside them is the planner's own trial at the start; what does not fit the graph is told
    await eventually(async () => (await metric('trusted_documents_prepared', 'state="planned"')) === 1);
    expect(await metric('trusted_documents_prepared', 'state="unfitting"')).toBe(1);
    expect(await metric('operation_planning_seconds_count')).toBe(2);
    await ask(trusted);
    expect(await metric('operation_planning_seconds_count')).toBe(2);

    await writeFile(supergraphFile, supergraphOf(smallSchemas));
    await eventually(async () => (await metric('supergraph_reloads_total', 'outcome="taken"')) === 1);
    const planned = await metric('operation_planning_seconds_count');
    expect(await metric('trusted_documents_prepared', 'state="planned"')).toBe(2);
    expect((await ask('{ casesToday }')).data).toEqual({ casesToday: 2 });
    expect(await metric('operation_planning_seconds_count')).toBe(planned);
  });
});
