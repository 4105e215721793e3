import { parseArgs } from 'node:util';
import { checkAccount } from './demo-accounts.ts';
import { demoToken } from './secrets.ts';

const usage = 'Usage: npm run --silent token -- ROLE [--place CODE]   (a CADRE’s place is a staff number)';

try {
  const { values, positionals } = parseArgs({ options: { place: { type: 'string' } }, allowPositionals: true });
  if (positionals.length > 1) throw new Error(`One role at a time, not ${positionals.join(' and ')}.`);
  const role = checkAccount(positionals[0], values.place);
  process.stdout.write(`${await demoToken(role, values.place)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${usage}\n`);
  process.exitCode = 1;
}
