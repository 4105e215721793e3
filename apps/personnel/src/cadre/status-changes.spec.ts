import 'reflect-metadata';
import fc from 'fast-check';
import { hasLeft } from '@frontline/events';
import { CadreStatus } from './cadre-enums.ts';
import { FIRST_STATUS, statusMoves, statusReasons } from './cadre-status.ts';
import { fileOf, idOf, refusal, told } from './personnel-file.fixture.ts';
import type { PersonnelFile } from './personnel-file.ts';
import { beginPosting, endLeave, endPosting, grantLeave, leave } from './status-changes.ts';

const dayOf = (nth: number): string => new Date(Date.UTC(2018, 7, 1 + nth)).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 40 }, (_, nth) => dayOf(nth));
const history = (file: PersonnelFile) => DAYS.map((day) => file.statusOn(day));
const SICK = { reason: 'SICKNESS' } as const;

describe('the status machine', () => {
  it('reaches every state from the first, and leaves those in which nobody serves any more for good', () => {
    const reached = new Set<string>([FIRST_STATUS]);
    const moves = Object.values(statusMoves);
    for (let at = 0; at < moves.length; at += 1)
      for (const { from, to } of moves) if (from.some((state) => reached.has(state))) reached.add(to);
    expect(reached).toEqual(new Set(Object.keys(CadreStatus)));
    const finals = Object.keys(CadreStatus).filter((state) => !moves.some(({ from }) => from.includes(state as never)));
    expect(finals).toEqual(Object.keys(CadreStatus).filter((state) => hasLeft(state as CadreStatus)));
  });

  it('gives each reason to one status alone', () => {
    const reasons = Object.values(statusReasons).flat();
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});

describe('leave', () => {
  it('holds for its days, those to come included, and others read the same from the record', () => {
    const file = fileOf('a');
    const facts = grantLeave(file, { from: '2018-09-01', until: '2018-09-10', ...SICK });
    expect(told(facts)).toEqual([{ type: 'cadre.leaveGranted', from: '2018-09-01', until: '2018-09-10' }]);
    expect(file.record()).toMatchObject({
      status: 'ACTIVE',
      statuses: [
        { status: 'ACTIVE', from: '2000-07-01', until: '2018-09-01' },
        { status: 'ON_LEAVE', from: '2018-09-01', until: '2018-09-10' },
        { status: 'ACTIVE', from: '2018-09-10' },
      ],
    });
    expect(JSON.stringify(facts)).not.toContain('SICKNESS');
  });

  it('ends early, or is as if it had never been when it ends on its first day', () => {
    const file = fileOf('a');
    grantLeave(file, { from: '2018-08-10', until: '2018-08-20', ...SICK });
    endLeave(file, '2018-08-15');
    expect(file.record().statuses).toHaveLength(3);
    expect(file.statusOn('2018-08-15')).toBe('ACTIVE');
    grantLeave(file, { from: '2018-09-01', ...SICK });
    endLeave(file, '2018-09-01');
    expect(file.record().statuses).toHaveLength(3);
  });

  it.each<[string, () => unknown, object]>([
    [
      'over another status',
      () => {
        const file = fileOf('a');
        grantLeave(file, { from: '2018-09-10', until: '2018-09-20', ...SICK });
        grantLeave(file, { from: '2018-09-01', until: '2018-09-11', ...SICK });
      },
      { code: 'cadre.statusChanges', field: 'input.until' },
    ],
    [
      'to somebody on leave',
      () => {
        const file = fileOf('a');
        grantLeave(file, { from: '2018-09-10', ...SICK });
        grantLeave(file, { from: '2018-09-12', ...SICK });
      },
      { code: 'cadre.illegalMove', field: 'input.from' },
    ],
    [
      'of no days',
      () => grantLeave(fileOf('a'), { from: '2018-09-10', until: '2018-09-10', ...SICK }),
      { code: 'cadre.period', field: 'input.until' },
    ],
    [
      'for a reason of leaving',
      () => grantLeave(fileOf('a'), { from: '2018-09-10', reason: 'DISMISSAL' }),
      { code: 'cadre.reason', field: 'input.reason' },
    ],
    [
      'that does not hold is not ended',
      () => endLeave(fileOf('a'), '2018-09-10'),
      { code: 'cadre.illegalMove', field: 'input.on' },
    ],
    [
      'before recruitment',
      () => grantLeave(fileOf('a'), { from: '1999-09-10', ...SICK }),
      { code: 'cadre.beforeRecruitment', field: 'input.from' },
    ],
  ])('%s is refused', (_what, decision, expected) => expect(refusal(decision)).toEqual(expected));
});

describe('a temporary posting', () => {
  it('is a post beside the own one, for a time, and ends early with it', () => {
    const file = fileOf('a');
    const posting = { organizationId: idOf('street'), title: '主任助理', from: '2018-09-01', until: '2019-09-01' };
    expect(told(beginPosting(file, posting))).toEqual([
      { type: 'cadre.postedAway', organizationId: idOf('street'), from: '2018-09-01', until: '2019-09-01' },
    ]);
    expect(file.rows.posts.filter((post) => post.holdsOn('2018-10-01'))).toHaveLength(2);
    expect(told(endPosting(file, '2018-12-01'))).toEqual([{ type: 'cadre.returned', on: '2018-12-01' }]);
    expect(file.rows.posts.filter((post) => post.holdsOn('2018-12-01'))).toHaveLength(1);
    expect(file.statusOn('2018-12-01')).toBe('ACTIVE');
  });
});

describe('retirement and departure', () => {
  it('end posts, ranks and what was planned for later, on a day that may lie ahead', () => {
    const file = fileOf('a', 'DIVISION');
    grantLeave(file, { from: '2018-09-10', until: '2018-09-20', ...SICK });
    expect(told(leave(file, 'retire', { on: '2018-09-15', reason: 'AGE' }))).toEqual([
      { type: 'cadre.departed', on: '2018-09-15', reason: 'RETIRED' },
    ]);
    const { posts, ranks, statuses } = file.record();
    expect([posts[0]?.until, ranks[0]?.until]).toEqual(['2018-09-15', '2018-09-15']);
    expect(statuses?.map(({ status }) => status)).toEqual(['ACTIVE', 'ON_LEAVE', 'RETIRED']);
    expect(refusal(() => leave(file, 'depart', { on: '2018-10-01', reason: 'DEATH' }))).toEqual({
      code: 'cadre.illegalMove',
      field: 'input.on',
    });
  });

  it('may come sooner than was settled', () => {
    const file = fileOf('a');
    leave(file, 'retire', { on: '2019-06-01', reason: 'AGE' });
    leave(file, 'depart', { on: '2018-10-01', reason: 'DEATH' });
    expect(file.leftOn).toBe('2018-10-01');
    expect(file.record().posts[0]?.until).toBe('2018-10-01');
  });
});

describe('whatever is asked, in whatever order', () => {
  const nth = fc.integer({ min: 0, max: 35 });
  const step = fc.oneof(
    fc.record({ do: fc.constant('grantLeave' as const), at: nth, days: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ do: fc.constant('beginPosting' as const), at: nth, days: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ do: fc.constantFrom('endLeave' as const, 'endPosting' as const, 'retire' as const), at: nth }),
  );
  const apply = (file: PersonnelFile, one: { do: string; at: number; days?: number }): unknown => {
    const [from, until] = [dayOf(one.at), dayOf(one.at + (one.days ?? 0))];
    if (one.do === 'grantLeave') return grantLeave(file, { from, until, ...SICK });
    if (one.do === 'beginPosting')
      return beginPosting(file, { organizationId: idOf('street'), title: '挂职', from, until });
    if (one.do === 'endLeave') return endLeave(file, from);
    return one.do === 'endPosting' ? endPosting(file, from) : leave(file, 'retire', { on: from, reason: 'AGE' });
  };

  it('a cadre has one status a day, temporary posts are held while posted away, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const file = fileOf('a');
        for (const one of steps) {
          const before = JSON.stringify(file.rows);
          if (refusal(() => apply(file, one)).code) expect(JSON.stringify(file.rows)).toBe(before);
          expect(history(file)).not.toContain(undefined);
          const left = history(file).findIndex((status) => hasLeft(status));
          if (left >= 0)
            expect(
              history(file)
                .slice(left)
                .every((status) => hasLeft(status)),
            ).toBe(true);
          for (const day of DAYS) {
            const temporary = file.rows.posts.some((post) => post.temporary && post.holdsOn(day));
            expect([day, temporary]).toEqual([day, file.statusOn(day) === 'POSTED_AWAY']);
          }
        }
      }),
    );
  });
});
