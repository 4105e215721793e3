import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', '..', '..', 'deploy', 'v8-flags');

/**
 * What V8 is told about memory by whoever starts a process of Frontline, the image and this repository's tools alike. What
 * the flags of each are worth stands in docs/performance.md. Throws for an app that the file doesn't name.
 */
export function v8Flags(app: string): string[] {
  const line = readFileSync(file, 'utf8').match(new RegExp(`^${app}: (.+)$`, 'm'));
  if (!line?.[1]) throw new Error(`deploy/v8-flags says nothing of ${app}`);
  return line[1].split(' ');
}
