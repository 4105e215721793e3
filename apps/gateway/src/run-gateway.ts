import { writeFile } from 'node:fs/promises';
import { askedToStop, ConfigError, declaredErrors, readConfig } from '@frontline/platform/process';
import { gatewaySettings } from './config.ts';
import { startGateway } from './gateway.ts';

/** Serves until asked to stop; `catalogue-file` (for developers) writes what it can refuse with instead. What the operator did wrong ends with one readable message and exit code 1. */
export async function runGateway([command = 'serve']: readonly string[] = process.argv.slice(2)): Promise<void> {
  if (command === 'catalogue-file') return writeFile(catalogueFile, gatewayCatalogue());
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

/** Where the gateway's catalogue is committed; built code lies in dist, beside src. */
const catalogueFile = new URL('../catalogue.json', import.meta.url);

/** What the gateway itself refuses with, as JSON, in the form of the services' catalogue.json. */
export function gatewayCatalogue(): string {
  return `${JSON.stringify({ service: 'gateway', errors: declaredErrors() }, undefined, 2)}\n`;
}

function operatorsError(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `The port is taken (${message}). Stop the other process or choose another PORT.`;
  return undefined;
}
