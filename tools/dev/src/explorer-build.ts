import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './secrets.ts';

const folder = join(root, 'apps', 'explorer');

/** Whether the explorer's build is younger than everything it is made from. */
export function explorerIsBuilt(): boolean {
  const page = join(folder, 'dist', 'index.html');
  if (!existsSync(page)) return false;
  const built = statSync(page).mtimeMs;
  const sources = [
    'index.html',
    'package.json',
    'vite.config.ts',
    ...readdirSync(join(folder, 'src'), { recursive: true }).map((name) => join('src', String(name))),
  ];
  return sources.every((name) => statSync(join(folder, name)).mtimeMs <= built);
}

/** Arguments for Node that build it. Vite is asked for by its own name, since npm decides in which folder it lies. */
export function explorerBuild(): string[] {
  const vite = dirname(createRequire(join(folder, 'package.json')).resolve('vite/package.json'));
  return [join(vite, 'bin', 'vite.js'), 'build', '--logLevel', 'error', folder];
}
