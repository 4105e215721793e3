import { askedToStop, ConfigError, readConfig } from '@frontline/platform/process';
import { gatewaySettings } from './config.ts';
import { startGateway } from './gateway.ts';

/** Serves until asked to stop. What the operator did wrong ends with one readable message and exit code 1. */
export async function runGateway(): Promise<void> {
  const asked = askedToStop();
  try {
    const gateway = await startGateway(readConfig(gatewaySettings));
    await asked;
    await gateway.stop();
  } catch (error) {
    const message = operatorsError(error);
    if (message === undefined) throw error;
    process.stderr.write(`gateway: ${message}\n`);
    process.exit(1);
  }
}

function operatorsError(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `The port is taken (${message}). Stop the other process or choose another PORT.`;
  return undefined;
}
