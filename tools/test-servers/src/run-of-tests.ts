/** What a test may need that not every machine has. */
export type Requirement = 'kafka' | 'chromium';

/** What every spec of one run of jest knows of it; passed in the environment, which jest's workers inherit. */
export interface RunOfTests {
  /** Where the run's servers are asked for. */
  servers: string;
  /** What this machine can't offer, each with a sentence that says why and what to do. */
  missing: Partial<Record<Requirement, string>>;
  /** File that takes a line for each spec that is left out. */
  leftOut: string;
}

const VARIABLE = 'FRONTLINE_TEST_RUN';

/** The run that this spec belongs to. Only integration and end-to-end tests have one. */
export function runOfTests(): RunOfTests {
  const text = process.env[VARIABLE];
  if (!text) {
    throw new Error(
      'There are no test servers: run jest with FRONTLINE_TESTS=integration or FRONTLINE_TESTS=e2e, whose global setup starts them.',
    );
  }
  return JSON.parse(text) as RunOfTests;
}

/** Tells all specs that are started from now on. */
export function announce(run: RunOfTests): void {
  process.env[VARIABLE] = JSON.stringify(run);
}
