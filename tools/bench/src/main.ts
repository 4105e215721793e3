import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { withDatabase } from '@frontline/postgres';
import { commitToEffect } from './commit-to-effect.ts';
import { coverage } from './coverage.ts';
import { flagship } from './flagship.ts';
import { gateways } from './gateway/gateways.ts';
import { importTables } from './import-tables.ts';
import { pageOfFifty } from './page-of-fifty.ts';
import { print } from './printing.ts';
import { runningPlatform } from './running-platform.ts';
import { yearOfDuties } from './year-of-duties.ts';

const usage = `npm run bench -- [flagship] [list] [events] [duties] [gateway] [coverage] [import] [--gateway URL] [--database URL] [--rounds N]

  Compares things and prints ratios taken in one run. All but "gateway", "coverage" and "import" want a running
  platform (\`npm start\` in another terminal).
  flagship   a subdistrict's page through our gateway and through @apollo/gateway as documented
  list       fifty rows with two levels in one subgraph, and the same SQL by hand
  events     from a recorded visit to its case, the relay woken or looking; it records visits, so reset afterwards
  duties     all duties that lie ahead made from nothing, and a bare insert of the same rows
  gateway    our gateway and @apollo/gateway over a graph of its own, in four shapes
  coverage   a day's coverage from its projection and by a recount, over the scenario in a PostgreSQL of its own
  import     100,000 cadres as CSV and Excel, as lines of JSON, and as a bare COPY; needs what tsc -b builds

  --gateway   http://127.0.0.1:4000
  --database  postgresql://…/organizations of that platform (the one that npm start runs)
  --rounds    3`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      gateway: { type: 'string', default: 'http://127.0.0.1:4000' },
      database: { type: 'string', default: 'postgresql://frontline:frontline@127.0.0.1:54329/organizations' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean' },
    },
  });
  const benches = ['flagship', 'list', 'events', 'duties', 'gateway', 'coverage', 'import'];
  const alone = ['gateway', 'coverage', 'import'];
  const unknown = positionals.find((each) => !benches.includes(each));
  if (values.help || unknown) {
    print(`${unknown ? `There is no benchmark "${unknown}".\n\n` : ''}${usage}\n`);
    process.exit(unknown ? 1 : 0);
  }
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1 on');
  const asked = positionals.length > 0 ? positionals : benches;
  const [cpu] = cpus();
  print(`Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'CPU'}\n`);
  if (asked.includes('gateway')) await gateways(rounds);
  if (asked.includes('coverage')) await coverage(rounds);
  if (asked.includes('import')) await importTables();
  if (asked.some((each) => !alone.includes(each))) {
    const platform = await runningPlatform(values.gateway);
    if (asked.includes('flagship')) await flagship(platform, rounds);
    if (asked.includes('list')) await pageOfFifty(platform, values.database, rounds);
    if (asked.includes('events'))
      await commitToEffect(
        platform,
        { organizations: values.database, cases: withDatabase(values.database, 'cases') },
        rounds,
      );
    if (asked.includes('duties')) await yearOfDuties(platform, values.database, rounds);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
