/**
 * A program, since ESLint loads its configuration in a way that jest's sandbox doesn't know: takes `[file, imported]`
 * pairs as JSON, prints for each what the repository's real configuration says of that import in that file. The files
 * need not exist.
 */
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '..', '..', '..');
const eslint = new ESLint({ cwd: root });
const said: string[][] = [];
for (const [file, imported] of JSON.parse(process.argv[2] ?? '[]') as [string, string][]) {
  const code = `import { anything } from '${imported}';\nexport const kept = anything;\n`;
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  said.push((result?.messages ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
process.stdout.write(JSON.stringify(said));
