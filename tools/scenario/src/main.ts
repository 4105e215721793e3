import { parseArgs } from 'node:util';
import { dayNumber, dayOf } from './days.ts';
import { districts, generate, type GenerateOptions } from './generate.ts';

const USAGE = `Usage: main.ts --out DIR [--scale N] [--as-of YYYY-MM-DD] [--seed S] [--fingerprint TEXT] [--district ${Object.keys(districts).join('|')}]`;

/** The first reference day with five months of contacts before it, which the story of the manhole cover needs. */
const EARLIEST = '2018-01-01';

function isDistrict(name: string): name is keyof typeof districts {
  return Object.hasOwn(districts, name);
}

/** What is wrong with the arguments, for the one who typed them. */
class UsageError extends Error {}

function options(): GenerateOptions {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      scale: { type: 'string', default: '1' },
      'as-of': { type: 'string', default: '2018-08-17' },
      seed: { type: 'string', default: '1' },
      fingerprint: { type: 'string' },
      district: { type: 'string', default: 'yangpu' },
    },
  });
  const { out, district, seed, fingerprint, 'as-of': asOf } = values;
  const scale = Number(values.scale);
  if (!out) throw new UsageError('--out is missing: the folder for the files');
  if (!isDistrict(district)) throw new UsageError(`--district ${district} is unknown`);
  if (!(scale > 0 && scale < 1000))
    throw new UsageError(`--scale ${values.scale} is not a number above 0 and below 1000`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || Number.isNaN(dayNumber(asOf)) || dayOf(dayNumber(asOf)) !== asOf) {
    throw new UsageError(`--as-of ${asOf} is not a day (YYYY-MM-DD)`);
  }
  if (asOf < EARLIEST)
    throw new UsageError(`--as-of ${asOf} is before ${EARLIEST}: the scenario tells of contacts since July 2017`);
  return { out, district, scale, asOf, seed, ...(fingerprint && { fingerprint }) };
}

try {
  const { files, sha256, district, asOf } = generate(options());
  const counts = Object.entries(files).map(([name, { lines }]) => `${name} ${lines}`);
  process.stdout.write(`${district} as of ${asOf}: ${counts.join(', ')} lines, ${sha256.slice(0, 12)}\n`);
} catch (error) {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
  process.exitCode = 2;
}
