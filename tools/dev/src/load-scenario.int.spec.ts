import { loadScenario } from './load-scenario.ts';
import type { LoadPlan } from './loaded-data.ts';

const INSTEAD = 'start with --reset';
const plan: LoadPlan = {
  district: 'small',
  scale: 1,
  asOf: '2018-08-17',
  fingerprint: 'example',
  services: ['personnel'],
};

/** What a start says when the import of a service prints this and ends with this code. */
async function said(printed: string, code: number, more: Partial<LoadPlan> = {}): Promise<string> {
  const script = `process.stderr.write(${JSON.stringify(`${printed}\n`)}); process.exitCode = ${code}`;
  const importing = { program: () => ['-e', script, '--'], environment: () => process.env };
  const [loading] = loadScenario({ ...plan, ...more }, importing, { abort: new AbortController() });
  return (loading as Promise<unknown>).then(
    () => 'loaded',
    (error: Error) => error.message,
  );
}

describe('loading a scenario', () => {
  const refusal =
    'personnel: lines 1 to 90 (cadre) contradict records that are there already (rank_period_one_at_a_time)';
  const failed = `Loading personnel failed with exit code 1:\n${refusal}`;

  it('says what to do when data that were loaded before stand in its way', async () => {
    expect(await said(refusal, 1, { instead: INSTEAD })).toBe(`${failed}\n${INSTEAD}`);
  });

  it('says nothing of them where there were none, or where nothing is wrong', async () => {
    expect(await said(refusal, 1)).toBe(failed);
    expect(await said('', 0, { instead: INSTEAD })).toBe('loaded');
  });
});
