import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from './ids.ts';
import type { DatasetLine, ImportLine } from './output/import-line.ts';
import { writeNdjson, type WrittenFile } from './output/ndjson-file.ts';
import { small } from './plan/small.ts';
import { yangpu } from './plan/yangpu.ts';
import { scenarioOf, type Stories } from './scenario.ts';

export type { Stories } from './scenario.ts';

/** The data sets that can be made. */
export const districts = { yangpu, small };

export interface GenerateOptions {
  /** Folder that the files are written to; it is made if need be. */
  out: string;
  district: keyof typeof districts;
  scale: number;
  /** YYYY-MM-DD. */
  asOf: string;
  seed: string;
  /** What tells this data set from others, for whoever asks a service what it has loaded; the options without it. */
  fingerprint?: string;
}

/** What manifest.json says: with what the files were made, what is in them, and a hash of it all. */
export interface ScenarioManifest {
  district: string;
  districtCode: string;
  asOf: string;
  scale: number;
  seed: string;
  stories: Stories;
  /** Every name in the data is invented and marked; what the article does not give is assumed. */
  note: string;
  files: Record<'personnel' | 'organizations' | 'households' | 'cases', WrittenFile>;
  sha256: string;
}

/** Order of making: what was heard at doors is told back in organizations; cases come last, from what all visits heard. */
const FILES = ['personnel', 'households', 'organizations', 'cases'] as const;

/** Writes the four import files of a data set and their manifest, which comes last: where it is, the files are whole. */
export function generate({ out, district, scale, asOf, seed, fingerprint }: GenerateOptions): ScenarioManifest {
  const plan = districts[district];
  mkdirSync(out, { recursive: true });
  const scenario = scenarioOf({ plan, scale, asOf, seed });
  const what: Omit<DatasetLine, 'whole'> = {
    type: 'dataset',
    id: idOf('dataset', district),
    name: district,
    demo: true,
    asOf,
    scale,
    fingerprint: fingerprint ?? [district, scale, asOf, seed].join('/'),
  };
  const files = Object.fromEntries(
    FILES.map((name) => [name, writeNdjson(join(out, `${name}.ndjson`), framed(what, scenario[name]))]),
  ) as ScenarioManifest['files'];
  const sha256 = createHash('sha256');
  for (const name of FILES) sha256.update(`${name}:${files[name].sha256}\n`);
  const manifest: ScenarioManifest = {
    district,
    districtCode: plan.code,
    asOf,
    scale,
    seed,
    stories: scenario.stories,
    note: '演示数据 / demo data: persons, households, enterprises and branches are invented',
    files,
    sha256: sha256.digest('hex'),
  };
  const path = join(out, 'manifest.json');
  writeFileSync(`${path}.part`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  renameSync(`${path}.part`, path);
  return manifest;
}

function* framed(what: Omit<DatasetLine, 'whole'>, lines: Iterable<ImportLine>): Generator<ImportLine | DatasetLine> {
  yield { ...what, whole: false };
  yield* lines;
  yield { ...what, whole: true };
}
