import 'reflect-metadata';
import fc from 'fast-check';
import { changeRank } from '../cadre/career.ts';
import { fileOf, idOf, refusal, told } from '../cadre/personnel-file.fixture.ts';
import { grantLeave, leave } from '../cadre/status-changes.ts';
import { assignLiaison, MAX_LIAISONS, releaseLiaisons } from './liaison-rules.ts';

const from = '2018-09-01';

describe('liaisons', () => {
  it('are one or two; a third at a time is refused, one after another is not', () => {
    const leader = fileOf('leader', 'DIVISION');
    const [a, b, c] = ['a', 'b', 'c'].map((name) => fileOf(name)) as [never, never, never];
    expect(told(assignLiaison(leader, a, { from, until: '2018-12-01' }))).toEqual([
      { type: 'cadre.liaisonAssigned', liaisonId: idOf('a'), from, until: '2018-12-01' },
    ]);
    assignLiaison(leader, b, { from });
    const before = leader.record();
    expect(refusal(() => assignLiaison(leader, c, { from: '2018-11-30' }))).toEqual({
      code: 'liaison.third',
      field: 'input.liaisonId',
    });
    expect(leader.record()).toEqual(before);
    assignLiaison(leader, c, { from: '2018-12-01' });
    expect(leader.record().liaisonIds).toHaveLength(3);
  });

  it.each<[string, () => unknown, { code: string; field: string }]>([
    [
      'of a cadre below division level',
      () => assignLiaison(fileOf('leader', 'SECTION'), fileOf('a'), { from }),
      { code: 'liaison.leaderRank', field: 'input.cadreId' },
    ],
    [
      'of division level',
      () => assignLiaison(fileOf('leader', 'DIVISION'), fileOf('a', 'DIVISION'), { from }),
      { code: 'liaison.rank', field: 'input.liaisonId' },
    ],
    [
      'who will be promoted within the time',
      () => {
        const a = fileOf('a');
        changeRank(a, 'DIVISION', '2019-01-01');
        return assignLiaison(fileOf('leader', 'DIVISION'), a, { from });
      },
      { code: 'liaison.rank', field: 'input.liaisonId' },
    ],
    [
      'who is on leave',
      () => {
        const a = fileOf('a');
        grantLeave(a, { from: '2018-08-20', reason: 'STUDY' });
        return assignLiaison(fileOf('leader', 'DIVISION'), a, { from });
      },
      { code: 'liaison.notActive', field: 'input.liaisonId' },
    ],
    [
      'of oneself',
      () => {
        const leader = fileOf('leader', 'DIVISION');
        return assignLiaison(leader, leader, { from });
      },
      { code: 'liaison.self', field: 'input.liaisonId' },
    ],
    [
      'who goes along already',
      () => {
        const leader = fileOf('leader', 'DIVISION');
        assignLiaison(leader, fileOf('a'), { from });
        return assignLiaison(leader, fileOf('a'), { from: '2018-10-01' });
      },
      { code: 'liaison.twice', field: 'input.liaisonId' },
    ],
  ])('%s are refused', (_who, decision, expected) => expect(refusal(decision)).toEqual(expected));

  it('end when either leaves', () => {
    const [leader, a] = [fileOf('leader', 'DIVISION'), fileOf('a')];
    leave(a, 'depart', { on: '2019-01-01', reason: 'RESIGNATION' });
    assignLiaison(leader, a, { from });
    expect(leader.record().liaisonIds).toEqual([{ cadreId: idOf('a'), from, until: '2019-01-01' }]);
    expect(told(releaseLiaisons(leader, '2018-10-01', 'CADRE_LEFT'))).toEqual([
      { type: 'cadre.liaisonReleased', liaisonId: idOf('a'), on: '2018-10-01', reason: 'CADRE_LEFT' },
    ]);
    expect(releaseLiaisons(leader, '2018-10-01', 'CADRE_LEFT')).toEqual([]);
  });

  it('are never more than two on any day, whoever is assigned when', () => {
    const nth = fc.integer({ min: 0, max: 40 });
    const dayOf = (at: number) => new Date(Date.UTC(2018, 8, 1 + at)).toISOString().slice(0, 10);
    const wish = fc.record({
      who: fc.constantFrom('a', 'b', 'c', 'd'),
      at: nth,
      days: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const leader = fileOf('leader', 'DIVISION');
        for (const { who, at, days } of wishes)
          refusal(() => assignLiaison(leader, fileOf(who), { from: dayOf(at), until: dayOf(at + days) }));
        for (let at = 0; at < 75; at += 1) {
          const held = leader.rows.liaisons.filter((each) => each.holdsOn(dayOf(at)));
          expect(held.length).toBeLessThanOrEqual(MAX_LIAISONS);
          expect(new Set(held.map(({ liaisonId }) => liaisonId)).size).toBe(held.length);
        }
      }),
    );
  });
});
