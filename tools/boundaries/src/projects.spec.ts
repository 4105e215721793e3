import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

describe('every project', () => {
  const projects = ['apps', 'libs', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => join(folder, name, 'package.json'))
      .filter((file) => existsSync(join(root, file))),
  );

  it.each(projects)('%s says by one tag what it is, so that the rules bite', (file) => {
    const { nx } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { nx?: { tags?: string[] } };
    expect(nx?.tags?.filter((tag) => tag.startsWith('type:'))).toHaveLength(1);
  });
});
