import 'reflect-metadata';
import fc from 'fast-check';
import { changeRank, transfer } from '../cadre/career.ts';
import { fileOf, idOf } from '../cadre/personnel-file.fixture.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { beginPosting, grantLeave, leave } from '../cadre/status-changes.ts';
import { goOn, whatEnds } from './what-ended.ts';

const dayOf = (nth: number): string => new Date(Date.UTC(2018, 7, 1 + nth)).toISOString().slice(0, 10);
const day = fc.integer({ min: 0, max: 50 }).map(dayOf);
const spell = fc
  .record({ from: fc.integer({ min: 0, max: 50 }), length: fc.integer({ min: 1, max: 20 }) })
  .map(({ from, length }) => ({ from: dayOf(from), until: dayOf(from + length) }));
type Step = (file: PersonnelFile) => unknown;
/** Something that is entered of a cadre; what the rules refuse then does not happen. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(day, fc.constantFrom('north', 'south'), fc.boolean()).map(
    ([on, at, beside]) =>
      (file: PersonnelFile) =>
        transfer(file, { organizationId: idOf(at), title: at, on, beside }),
  ),
  fc.tuple(day, fc.constantFrom('STAFF' as const, 'DIVISION' as const)).map(
    ([on, rank]) =>
      (file: PersonnelFile) =>
        changeRank(file, rank, on),
  ),
  spell.map(
    ({ from, until }) =>
      (file: PersonnelFile) =>
        grantLeave(file, { from, until, reason: 'STUDY' }),
  ),
  spell.map(
    (at) => (file: PersonnelFile) => beginPosting(file, { organizationId: idOf('west'), title: '挂职', ...at }),
  ),
  spell.map(({ from, until }) => (file: PersonnelFile) => {
    if (!file.absentDuring({ from, until }))
      file.add('absences', { kind: 'OTHER', validFrom: from, validTo: until, substituteId: null });
  }),
);
const enter = (file: PersonnelFile, steps: readonly Step[]): void => {
  for (const each of steps)
    try {
      each(file);
    } catch {
      // refused
    }
};
/** Everything on file but the ids of its rows, in one order. */
const onFile = ({ rows }: PersonnelFile) =>
  Object.fromEntries(
    Object.entries(rows).map(([kind, each]) => [
      kind,
      (each as object[])
        .map((row) =>
          Object.entries(row).filter(([name, value]) => name !== 'id' && value !== null && value !== undefined),
        )
        .map((fields) => JSON.stringify(fields.sort()))
        .sort(),
    ]),
  );
/** The same by days, for periods that were cut in two. */
const byDay = (file: PersonnelFile) =>
  Array.from({ length: 80 }, (_, nth) => dayOf(nth)).map((on) => [
    file.statusOn(on),
    file.rankOn(on),
    file.rows.statuses.find((row) => row.holdsOn(on))?.reason ?? null,
    file.rows.posts
      .filter((row) => row.holdsOn(on))
      .map(({ title }) => title)
      .sort(),
    file.rows.absences.filter((row) => row.holdsOn(on)).length,
  ]);
const leaves = (file: PersonnelFile, on: string) => {
  const ended = whatEnds(file, on);
  leave(file, 'depart', { on, reason: 'RESIGNATION' });
  // as it is kept
  return JSON.parse(JSON.stringify(ended)) as typeof ended;
};

describe('a departure that is taken back', () => {
  it('leaves everything as it was, whatever was on file and whenever it was to be', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), day, (steps, on) => {
        const file = fileOf('back');
        enter(file, steps);
        const [before, days] = [onFile(file), byDay(file)];
        goOn(file, on, leaves(file, on));
        expect(byDay(file)).toEqual(days);
        for (const kind of ['statuses', 'ranks', 'posts', 'experience', 'memberships'] as const)
          expect(onFile(file)[kind]).toEqual(before[kind]);
        expect(file.leftOn).toBeUndefined();
      }),
    );
  });

  it('keeps what was entered of earlier days meanwhile, as if it had been entered with nobody leaving', () => {
    const late = (file: PersonnelFile) => {
      transfer(file, { organizationId: idOf('south'), title: '主任', on: '2018-05-01', beside: false });
      changeRank(file, 'DIVISION', '2018-06-01');
    };
    const file = fileOf('late');
    const ended = leaves(file, '2018-08-17');
    late(file);
    goOn(file, '2018-08-17', ended);
    const other = fileOf('late');
    late(other);
    expect(onFile(file)).toEqual(onFile(other));
  });

  it('lets what ended on that day by itself stay ended, and lets nobody stand in yet', () => {
    const on = '2018-08-17';
    const file = fileOf('anyway');
    transfer(file, { organizationId: idOf('south'), title: '主任', on: '2018-01-01', beside: true });
    file.end('posts', on, ({ title }) => title === '主任');
    file.add('absences', {
      kind: 'OTHER',
      validFrom: '2018-08-01',
      validTo: '2018-09-01',
      substituteId: idOf('substitute'),
    });
    goOn(file, on, leaves(file, on));
    expect(file.rows.posts.map(({ title, validTo }) => [title, validTo])).toEqual([
      ['科员', null],
      ['主任', on],
    ]);
    expect(
      file.rows.absences.map(({ validFrom, validTo, substituteId }) => [validFrom, validTo, substituteId]),
    ).toEqual([
      ['2018-08-01', on, idOf('substitute')],
      [on, '2018-09-01', null],
    ]);
  });
});
