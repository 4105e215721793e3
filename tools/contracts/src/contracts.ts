import { contracts } from '@frontline/events';
import { breaksBetween, type PublishedContracts } from './compatibility.ts';
import {
  committedContracts,
  committedSamples,
  CONTRACTS,
  contractsIn,
  declaredContracts,
  documents,
  generatedFolders,
  SAMPLES,
  staleDocuments,
} from './documents.ts';
import { NamesDiffer } from './enum-names.ts';
import { firstSample, NoExample } from './golden-sample.ts';
import { filesAt, filesUnder, readCommitted, removeCommitted, writeCommitted } from './repository.ts';

const usage = `node tools/contracts/src/contracts.ts COMMAND

  generate             writes the JSON Schemas, the AsyncAPI document, the event catalogue and the other generated
                       documents, and a first sample for each event type that has none; refuses, and writes nothing,
                       if a committed contract would break
  check [--against REVISION]
                       fails when a generated file is not what the code makes, or when a contract breaks one that is
                       committed, or one of a git revision`;

/** The command can't be carried out; the message says what to do. */
class Refused extends Error {}

function refuseBreaks(before: PublishedContracts, where: string): void {
  const breaks = breaksBetween(before, declaredContracts());
  if (breaks.length > 0)
    throw new Refused(
      `These changes break readers of the events ${where}. Add instead of changing, or declare the event with the next major:\n${breaks.map((one) => `  ${one}`).join('\n')}`,
    );
}

function generate(): void {
  refuseBreaks(committedContracts(), 'as they are committed');
  const written: string[] = [];
  const write = (path: string, content: string) => {
    if (readCommitted(path) === content) return;
    writeCommitted(path, content);
    written.push(path);
  };
  const samples = committedSamples();
  for (const type of contracts.keys()) if (!samples.has(type)) write(`${SAMPLES}/${type}.json`, firstSample(type));
  const files = documents();
  for (const [path, content] of files) write(path, content);
  for (const path of generatedFolders.flatMap(filesUnder)) {
    if (files.has(path)) continue;
    removeCommitted(path);
    written.push(`${path} (removed)`);
  }
  say(written.length > 0 ? `written: ${written.join(', ')}` : 'nothing changed');
}

function check(revision: string | undefined): void {
  const stale = staleDocuments();
  if (stale.length > 0) throw new Refused(stale.join('\n'));
  refuseBreaks(committedContracts(), 'as they are committed');
  if (revision) refuseBreaks(contractsIn(contractFilesAt(revision)), `as of ${revision}`);
  say(`the events break no reader${revision ? ` of ${revision}` : ''}`);
}

function contractFilesAt(revision: string): ReadonlyMap<string, string> {
  try {
    return filesAt(revision, CONTRACTS);
  } catch {
    throw new Refused(`git knows no revision ${revision} here; fetch it, or name another`);
  }
}

/** Prints a line for the person who runs the command. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [command, option, value] = process.argv.slice(2);
try {
  if (command === 'generate' && option === undefined) generate();
  else if (command === 'check' && option === undefined) check(undefined);
  else if (command === 'check' && option === '--against' && value) check(value);
  else throw new Refused(usage);
} catch (error) {
  if (!(error instanceof Refused || error instanceof NoExample || error instanceof NamesDiffer)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
