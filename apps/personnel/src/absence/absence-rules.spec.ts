import 'reflect-metadata';
import fc from 'fast-check';
import { fileOf, idOf, refusal, told } from '../cadre/personnel-file.fixture.ts';
import { periodOf, type PersonnelFile } from '../cadre/personnel-file.ts';
import { grantLeave, leave } from '../cadre/status-changes.ts';
import { changeSubstitute, endAbsence, recordAbsence, releaseSubstitute } from './absence-rules.ts';

const week = { kind: 'ANNUAL_LEAVE', from: '2018-09-03', until: '2018-09-10' } as const;
const absenceId = (file: PersonnelFile): string => file.rows.absences[0]?.id as string;

describe('an absence', () => {
  it('is told with its substitute, never with its reason', () => {
    const file = fileOf('a');
    const facts = recordAbsence(file, { ...week, kind: 'SICKNESS' }, [], fileOf('b'));
    const { from, until } = week;
    expect(told(facts)).toEqual([
      { type: 'cadre.absenceRecorded', absenceId: absenceId(file), substituteId: idOf('b'), from, until },
    ]);
    expect(JSON.stringify(facts)).not.toContain('SICKNESS');
    expect(file.record().absences).toEqual([{ id: absenceId(file), substituteId: idOf('b'), from, until }]);
  });

  it('ends early, or never takes place', () => {
    const file = fileOf('a');
    recordAbsence(file, week, []);
    endAbsence(file, absenceId(file), '2018-09-05');
    expect(file.record().absences).toMatchObject([{ until: '2018-09-05' }]);
    endAbsence(file, absenceId(file), '2018-09-01');
    expect(file.record().absences).toEqual([]);
  });

  it('changes its substitute from a day on; the days before keep who stood in', () => {
    const file = fileOf('a');
    recordAbsence(file, week, [], fileOf('b'));
    changeSubstitute(file, absenceId(file), '2018-09-05', fileOf('c'));
    expect(file.record().absences).toMatchObject([
      { substituteId: idOf('b'), from: '2018-09-03', until: '2018-09-05' },
      { substituteId: idOf('c'), from: '2018-09-05', until: '2018-09-10' },
    ]);
    expect(told(releaseSubstitute(file, idOf('c'), { from: '2018-09-07' }))).toMatchObject([
      { type: 'cadre.substituteChanged', on: '2018-09-07' },
    ]);
    expect(file.record().absences?.at(-1)).not.toHaveProperty('substituteId');
  });

  const onLeave = fileOf('c');
  grantLeave(onLeave, { from: '2018-09-09', reason: 'STUDY' });
  const away = fileOf('d');
  recordAbsence(away, { ...week, from: '2018-09-09', until: '2018-09-12' }, []);
  const gone = fileOf('e');
  leave(gone, 'depart', { on: '2018-09-05', reason: 'RESIGNATION' });

  it.each<[string, (file: PersonnelFile) => unknown, { code: string; field: string }]>([
    [
      'by oneself',
      (file) => recordAbsence(file, week, [], file),
      { code: 'absence.self', field: 'input.substituteId' },
    ],
    [
      'by somebody on leave for a part of it',
      (file) => recordAbsence(file, week, [], onLeave),
      { code: 'absence.substituteNotActive', field: 'input.substituteId' },
    ],
    [
      'by somebody who is away for a part of it',
      (file) => recordAbsence(file, week, [], away),
      { code: 'absence.substituteAway', field: 'input.substituteId' },
    ],
    [
      'by somebody who leaves',
      (file) => recordAbsence(file, week, [], gone),
      { code: 'absence.substituteNotActive', field: 'input.substituteId' },
    ],
  ])('is not substituted %s', (_who, decision, expected) =>
    expect(refusal(() => decision(fileOf('a')))).toEqual(expected),
  );

  it('is refused while standing in for somebody, over another one, and after leaving', () => {
    const file = fileOf('a');
    const standsIn = [{ from: '2018-09-09', until: '2018-10-01' }];
    expect(refusal(() => recordAbsence(file, week, standsIn)).code).toBe('absence.substitutes');
    recordAbsence(file, week, []);
    expect(refusal(() => recordAbsence(file, { ...week, until: '2018-09-04' }, [])).code).toBe('absence.overlaps');
    expect(refusal(() => recordAbsence(gone, week, []))).toEqual({ code: 'cadre.left', field: 'input.until' });
    expect(refusal(() => changeSubstitute(file, absenceId(file), '2018-09-10')).code).toBe('absence.outside');
    expect(refusal(() => endAbsence(file, idOf('nothing'), '2018-09-05')).code).toBe('absence.unknown');
  });

  it('never leaves a substitute away, so that no circle arises, whatever is recorded', () => {
    const who = fc.constantFrom('a', 'b', 'c', 'd');
    const dayOf = (at: number) => new Date(Date.UTC(2018, 8, 1 + at)).toISOString().slice(0, 10);
    const wish = fc.record({
      who,
      by: fc.option(who),
      at: fc.integer({ min: 0, max: 25 }),
      days: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const files = new Map(['a', 'b', 'c', 'd'].map((name) => [name, fileOf(name)]));
        const all = () => [...files.values()].flatMap(({ rows }) => rows.absences);
        for (const { who: name, by, at, days } of wishes) {
          const file = files.get(name) as PersonnelFile;
          const standsIn = all()
            .filter(({ substituteId }) => substituteId === file.cadre.id)
            .map(periodOf);
          const absence = { kind: 'OTHER', from: dayOf(at), until: dayOf(at + days) } as const;
          refusal(() => recordAbsence(file, absence, standsIn, by === null ? undefined : files.get(by)));
        }
        for (let at = 0; at < 36; at += 1) {
          const today = all().filter((absence) => absence.holdsOn(dayOf(at)));
          const gone = new Set(today.map(({ cadreId }) => cadreId));
          expect(gone.size).toBe(today.length);
          expect(today.filter(({ substituteId }) => gone.has(substituteId ?? ''))).toEqual([]);
        }
      }),
    );
  });
});
