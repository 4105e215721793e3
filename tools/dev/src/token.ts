import { parseArgs } from 'node:util';
import { demoToken } from './secrets.ts';

const roles = [
  'GRID_WORKER',
  'CADRE',
  'SUBDISTRICT',
  'DEPARTMENT',
  'DISPATCH_CENTRE',
  'FRONTLINE_OFFICE',
  'INSPECTION',
  'ORG_DEPARTMENT',
  'LEADER',
  'AUDITOR',
  'PARTNER',
  'ADMIN',
];

try {
  const { values, positionals } = parseArgs({ options: { place: { type: 'string' } }, allowPositionals: true });
  const [role, ...more] = positionals;
  if (!role || more.length > 0 || !roles.includes(role)) throw new Error(`Name one role: ${roles.join(', ')}.`);
  process.stdout.write(`${await demoToken(role, values.place)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\nUsage: npm run --silent token -- ROLE [--place CODE]\n`);
  process.exitCode = 1;
}
