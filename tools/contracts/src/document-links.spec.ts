import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, readCommitted } from './repository.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Pages that people read: those at the top, all of docs, and the README of each project. */
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'LICENSES.md'],
  ...filesUnder('docs').filter((path) => path.endsWith('.md')),
  ...['apps', 'libs', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((project) => `${folder}/${project}/README.md`),
  ),
].filter((path) => existsSync(join(root, path)));

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

describe('the documents', () => {
  it.each(pages)('%s links only to what is there', (path) => {
    const broken = [...(readCommitted(path) ?? '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchorsOf(readCommitted(target) ?? '').includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});
