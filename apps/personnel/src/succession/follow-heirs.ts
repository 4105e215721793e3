import { cadrePosted, type Fact } from '@frontline/events';
import { periodOf, type FileRows, type PersonnelFile } from '../cadre/personnel-file.ts';
import type { Period } from '../effective/timeline.ts';
import { followed, type Stay } from './heirs.ts';

/**
 * Posts at organizations that were taken over end on the day of that, and the same posts go on at the heirs, own and
 * temporary ones; until the cadre leaves. Where the file has been brought up to date nothing is left to do.
 */
export function followHeirs(file: PersonnelFile): Fact[] {
  const begun: Stay[] = [];
  for (const post of [...file.rows.posts]) {
    const { organizationId, temporary, title } = post;
    const { from, until } = servedOf(file, post);
    if (until !== undefined && until <= from) continue;
    const stays = followed({ organizationId, from, until }, file.heirs);
    const moved = stays.filter((stay) => stay.organizationId !== organizationId);
    const [next] = moved;
    if (!next) continue;
    file.end('posts', next.from, (each) => each === post);
    for (const stay of moved) {
      // the register has changed a post that went on here already: its end goes on here too
      const there = file.rows.posts.find(
        (each) =>
          each.organizationId === stay.organizationId &&
          each.title === title &&
          each.temporary === temporary &&
          each.validFrom === stay.from,
      );
      if (there) there.validTo = stay.until ?? null;
      else {
        const { organizationId: at, from: validFrom, until } = stay;
        file.add('posts', { organizationId: at, title, temporary, validFrom, validTo: until ?? null });
      }
      begun.push(stay);
    }
  }
  const told = new Map(begun.map((stay) => [`${stay.organizationId} ${stay.from}`, stay]));
  return [...told.values()].map(({ organizationId, from: on }) =>
    cadrePosted.of({ organizationId, on, record: file.record() }),
  );
}

/** The days of a post on which the cadre was in service: some registers forget to end what a leaver held. */
function servedOf({ leftOn }: PersonnelFile, post: FileRows['posts'][number]): Period {
  const { from, until } = periodOf(post);
  return { from, until: [until, leftOn].filter((day) => day !== undefined).sort()[0] };
}
