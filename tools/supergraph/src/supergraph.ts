import { breaksBetween } from './breaking-changes.ts';
import { compose, CompositionRefused } from './compose.ts';
import { apiAt, committed, readAllowedBreaks, readComposed, readSubgraphs, writeComposed } from './repository.ts';

const usage = `node tools/supergraph/src/supergraph.ts COMMAND

  compose              writes ${committed.supergraph} and ${committed.api} from the services' schemas
  check [--against REVISION]
                       fails when these files are not what the services' schemas make, or when the public API breaks
                       its clients compared with a git revision (default HEAD), unless apps/gateway/breaking-changes.json
                       allows it with a reason`;

/** Prints a line for the person who runs the command. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends the command as failed, with what to do about it. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function composed() {
  const { subgraphs, missing } = readSubgraphs();
  if (missing.length > 0)
    throw new CompositionRefused(
      missing.map((name) => `  ${name}: apps/${name}/schema.graphql is missing; its service writes it`).join('\n'),
    );
  return compose(subgraphs);
}

function runCompose(): void {
  const written = writeComposed(composed());
  say(written.length > 0 ? `written: ${written.join(', ')}` : 'nothing changed');
}

function runCheck(revision: string): void {
  const now = composed();
  const before = readComposed();
  const stale = (['supergraph', 'api'] as const).filter((part) => before[part] !== now[part]);
  if (stale.length > 0)
    refuse(
      `${stale.map((part) => committed[part]).join(' and ')}: not what the services' schemas make. Run: npm run generate`,
    );
  else say(`${committed.supergraph} is what the services' schemas make`);

  const published = apiAt(revision);
  if (published === undefined) return say(`no public API at ${revision} to compare with: breaking changes not checked`);
  const { refused, allowed } = breaksBetween(published, now.api, readAllowedBreaks());
  for (const { change, reason } of allowed) say(`allowed: ${change} (${reason})`);
  if (refused.length > 0)
    refuse(
      `These changes break clients of the API at ${revision}; undo them, deprecate instead, or allow them with a reason in apps/gateway/breaking-changes.json:\n${refused.map((change) => `  ${change}`).join('\n')}`,
    );
  else say(`the public API breaks no client of ${revision}`);
}

const [command, option, value] = process.argv.slice(2);
try {
  if (command === 'compose' && option === undefined) runCompose();
  else if (command === 'check' && option === undefined) runCheck('HEAD');
  else if (command === 'check' && option === '--against' && value) runCheck(value);
  else refuse(usage);
} catch (error) {
  if (!(error instanceof CompositionRefused)) throw error;
  refuse(`The subgraphs do not fit together:\n${error.message}`);
}
