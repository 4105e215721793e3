import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser's program on this machine: CHROMIUM_PATH, or where Linux distributions put it. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return [env['CHROMIUM_PATH'], ...PLACES].find((path) => path !== undefined && existsSync(path));
}
