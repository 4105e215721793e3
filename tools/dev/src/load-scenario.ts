import { join } from 'node:path';
import { runCommand } from '@frontline/processes';
import { ensureScenarioFolder, type LoadPlan } from './loaded-data.ts';
import { step } from './progress.ts';
import { root } from './secrets.ts';
import type { PlatformProcesses } from './platform-processes.ts';
import type { Shutdown } from './shutdown.ts';

/** Writes the files that the services read. */
export async function writeScenario(plan: LoadPlan, { abort }: Shutdown): Promise<void> {
  const { district, scale, asOf, fingerprint } = plan;
  await step(`Writing the ${district} scenario`, () =>
    runCommand(
      process.execPath,
      [
        ...['--conditions=@frontline/source', join(root, 'tools', 'scenario', 'src', 'main.ts')],
        ...['--out', ensureScenarioFolder(), '--district', district, '--scale', String(scale), '--as-of', asOf],
        ...['--fingerprint', fingerprint],
      ],
      { name: 'The scenario', abort: abort.signal },
    ),
  );
}

/**
 * Brings the files in through each service's own import, all services at once: none asks another while it imports. Where
 * that fails and other data were there before, the error says what to do if these refuse them.
 */
export function loadScenario(
  plan: LoadPlan,
  processes: Pick<PlatformProcesses, 'program' | 'environment'>,
  { abort }: Pick<Shutdown, 'abort'>,
): Promise<unknown>[] {
  const folder = ensureScenarioFolder();
  return plan.services.map((service) =>
    step(`Loading ${service}`, () =>
      runCommand(process.execPath, [...processes.program(service), 'import', join(folder, `${service}.ndjson`)], {
        name: `Loading ${service}`,
        env: processes.environment(service),
        abort: abort.signal,
      }).catch((error: unknown) => {
        abort.signal.throwIfAborted();
        throw plan.instead ? new Error(`${(error as Error).message}\n${plan.instead}`, { cause: error }) : error;
      }),
    ),
  );
}
