import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.ts';
import { type Requirement, runOfTests } from './run-of-tests.ts';

export type { Requirement };

const root = fileURLToPath(new URL('../../..', import.meta.url));

function isRequired(requirement: Requirement): boolean {
  return (process.env['FRONTLINE_REQUIRE'] ?? '').split(',').includes(requirement);
}

/**
 * `describe` for tests that need something which not every machine has. Where it is missing they are left out and the
 * run says at its end which and why; if FRONTLINE_REQUIRE names it, they run, and fail with that reason.
 */
export function describeWith(...requirements: Requirement[]): (title: string, tests: () => void) => void {
  const { missing, leftOut } = runOfTests();
  const lacking = requirements.find((each) => missing[each] !== undefined);
  if (!lacking) return describe;
  if (isRequired(lacking)) {
    return (title, tests) =>
      describe(title, () => {
        beforeAll(() => {
          throw new Error(missing[lacking]);
        });
        tests();
      });
  }
  return (title, tests) => {
    const spec = relative(root, expect.getState().testPath ?? '');
    appendFileSync(leftOut, `${spec}: "${title}" needs ${lacking}. ${missing[lacking]}\n`);
    describe.skip(title, tests);
  };
}

/** Path of the browser's program, for tests inside `describeWith('chromium')`. */
export function chromiumForTests(): string {
  const program = findChromium();
  if (!program) throw new Error(runOfTests().missing.chromium ?? 'Chromium has been removed meanwhile.');
  return program;
}
