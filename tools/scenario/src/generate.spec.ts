import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type GenerateOptions, type ScenarioManifest } from './generate.ts';
import { program, readScenario } from './read-scenario.fixture.ts';
import { small } from './plan/small.ts';
import { yangpu } from './plan/yangpu.ts';

describe('generating files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const made = (name: string, options: Partial<GenerateOptions> = {}): ScenarioManifest =>
    generate({ out: join(folder, name), district: 'small', scale: 1, asOf: '2018-08-17', seed: '1', ...options });

  it('gives the same bytes for the same seed, and others for another', () => {
    const [first, again] = [made('first'), made('again')];
    expect(again).toEqual(first);
    expect(made('other', { seed: '2' }).sha256).not.toBe(first.sha256);
    for (const name of ['personnel', 'organizations', 'households', 'cases'] as const) {
      const bytes = readFileSync(join(folder, 'first', `${name}.ndjson`));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.files[name].sha256);
      expect(bytes.toString().trimEnd().split('\n')).toHaveLength(first.files[name].lines);
      expect(bytes).toEqual(readFileSync(join(folder, 'again', `${name}.ndjson`)));
    }
    expect(JSON.parse(readFileSync(join(folder, 'first', 'manifest.json'), 'utf8'))).toEqual(first);
  });

  it('says under which numbers the stories are found', () => {
    const { stories } = made('story');
    const holding = (file: string, ...texts: string[]) =>
      readFileSync(join(folder, 'story', `${file}.ndjson`), 'utf8')
        .split('\n')
        .filter((line) => texts.every((text) => line.includes(text)));
    expect(holding('cases', `"${stories.manholeCase}"`, '阴井盖')).toHaveLength(1);
    expect(holding('cases', `"${stories.toldBackCase}"`, '路灯', '"state":"CLOSED"')).toHaveLength(1);
    expect(holding('personnel', `"staffNumber":"${stories.departedCadre}"`, '"DEPARTED"')).toHaveLength(1);
  });

  it('gives the same bytes for the district of the article too', () => {
    const options = { district: 'yangpu', scale: 0.02 } as const;
    expect(made('yangpu again', options).sha256).toBe(made('yangpu', options).sha256);
  });

  it('multiplies households, visits and cases with the scale, and nothing that the article counts', () => {
    const [one, three] = [made('one'), made('three', { scale: 3 })];
    expect(three.files.households.types['household']).toBe(3 * (one.files.households.types['household'] ?? 0));
    // besides the care visits, of which there are as many as there are assisted households
    const more = (three.files.households.types['homeVisit'] ?? 0) - (one.files.households.types['homeVisit'] ?? 0);
    expect(more).toBe(2 * small.homeVisits);
    expect(three.files.cases.types['case']).toBeGreaterThan(one.files.cases.types['case'] ?? 0);
    expect(three.files.households.types['grid']).toBe(one.files.households.types['grid']);
    expect(three.files.personnel.types).toEqual(one.files.personnel.types);
  });

  it('refuses arguments that make no sense, in one sentence', () => {
    const call = (...args: string[]): string => {
      try {
        execFileSync(process.execPath, ['--conditions=@frontline/source', program, ...args], { stdio: 'pipe' });
        return 'ran';
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      }
    };
    expect(call()).toContain('--out is missing');
    expect(call('--out', folder, '--as-of', '2018-02-30')).toContain('2018-02-30 is not a day');
    expect(call('--out', folder, '--scale', 'big')).toContain('--scale big is not a number');
    expect(call('--out', folder, '--district', 'pudong')).toContain('--district pudong is unknown');
  });
});

describe('the small district', () => {
  it('shares no figure with the article, so that no query can know them', () => {
    const lines = readScenario(small);
    const ofArticle = [
      yangpu.grids,
      yangpu.teams,
      yangpu.participants.active,
      yangpu.hardship.assisted,
      yangpu.branches.paired,
    ];
    const counts = [
      small.grids,
      small.teams,
      small.participants.active,
      small.hardship.assisted,
      small.branches.paired,
    ];
    expect(counts.filter((count) => ofArticle.includes(count))).toEqual([]);
    expect(lines.organization.filter(({ kind }) => kind === 'SUBDISTRICT' || kind === 'TOWN')).toHaveLength(2);
    expect(lines.organization.filter(({ kind }) => kind === 'RESIDENTIAL_AREA')).toHaveLength(9);
    expect(lines.grid.filter(({ layer, until }) => layer === 'responsibility' && !until)).toHaveLength(41);
    expect(
      lines.cadre.filter(({ ranks }) => ranks.some(({ rank, until }) => rank === 'BUREAU' && !until)),
    ).toHaveLength(5);
  });
});

describe('the boundary change of 2019', () => {
  it('lies ahead of the article, and moves residential areas with their map', () => {
    const { organization } = readScenario(yangpu, 0.04);
    const byCode = new Map(organization.map((one) => [one.code, one]));
    const [town, newcomer] = [byCode.get('310110101'), byCode.get('310110021')];
    expect([town?.until, town?.status]).toEqual(['2019-12-01', 'ACTIVE']);
    expect(newcomer?.from).toBe('2019-12-01');
    const under = (id: string | undefined, day: string): number =>
      organization.filter(
        ({ kind, parents }) =>
          kind === 'RESIDENTIAL_AREA' &&
          parents.some((p) => p.parentId === id && p.from <= day && (!p.until || day < p.until)),
      ).length;
    expect([under(town?.id, '2018-08-17'), under(town?.id, '2019-12-01')]).toEqual([43, 0]);
    expect([under(newcomer?.id, '2018-08-17'), under(newcomer?.id, '2019-12-01')]).toEqual([0, 49]);
    expect(town?.successors?.[0]?.residentialAreaIds).toHaveLength(43);
  });
});
