import 'reflect-metadata';
import fc from 'fast-check';
import { changeMembership, changeRank, transfer } from './career.ts';
import { fileOf, idOf, refusal, told } from './personnel-file.fixture.ts';
import type { PersonnelFile } from './personnel-file.ts';
import { leave } from './status-changes.ts';

const postsOn = (file: PersonnelFile, day: string) =>
  file.rows.posts.filter((post) => post.holdsOn(day)).map(({ title }) => title);
const to = (title: string, on: string, beside = false) => ({ organizationId: idOf(title), title, on, beside });

describe('a transfer', () => {
  it('ends the posts held so far on its day and begins the new one, and tells it', () => {
    const file = fileOf('a');
    expect(told(transfer(file, to('科长', '2018-09-01')))).toEqual([
      { type: 'cadre.posted', organizationId: idOf('科长'), on: '2018-09-01' },
    ]);
    expect([postsOn(file, '2018-08-31'), postsOn(file, '2018-09-01')]).toEqual([['科员'], ['科长']]);
    expect(file.record().posts).toMatchObject([{ until: '2018-09-01' }, { from: '2018-09-01' }]);
  });

  it('may leave the other posts as they are', () => {
    const file = fileOf('a');
    transfer(file, to('兼任', '2018-09-01', true));
    expect(postsOn(file, '2018-09-01')).toEqual(['科员', '兼任']);
  });

  it.each([
    ['before recruitment', to('x', '2000-06-30'), { code: 'cadre.beforeRecruitment', field: 'input.on' }],
    ['before a later change', to('x', '2018-08-01'), { code: 'cadre.laterChange', field: 'input.on' }],
    ['after they left', to('x', '2019-01-01'), { code: 'cadre.left', field: 'input.on' }],
    ['to the post that is held', to('科长', '2018-09-05'), { code: 'cadre.samePost', field: 'input.organizationId' }],
  ])('is refused %s, and changes nothing', (_when, post, expected) => {
    const file = fileOf('a');
    transfer(file, to('科长', '2018-09-01'));
    leave(file, 'retire', { on: '2019-01-01', reason: 'AGE' });
    const before = JSON.stringify(file.rows);
    expect(refusal(() => transfer(file, post))).toEqual(expected);
    expect(JSON.stringify(file.rows)).toBe(before);
  });

  it('keeps what held before its day, whatever transfers come', () => {
    const day = fc
      .integer({ min: 0, max: 3000 })
      .map((nth) => new Date(Date.UTC(2001, 0, 1 + nth)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 8 }), (days) => {
        const file = fileOf('a');
        for (const [at, on] of [...days].sort().entries()) {
          const before = postsOn(file, new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10));
          transfer(file, to(`post ${at}`, on));
          expect(postsOn(file, new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10))).toEqual(before);
          expect(postsOn(file, on)).toEqual([`post ${at}`]);
        }
      }),
    );
  });
});

describe('a change of rank', () => {
  it('holds from its day, which may lie ahead', () => {
    const file = fileOf('a', 'SECTION');
    expect(told(changeRank(file, 'DIVISION', '2018-12-01'))).toEqual([
      { type: 'cadre.ranked', rank: 'DIVISION', on: '2018-12-01' },
    ]);
    expect(['2018-11-30', '2018-12-01'].map((day) => file.rankOn(day))).toEqual(['SECTION', 'DIVISION']);
  });

  it('is refused for the rank that is held, and before a later one', () => {
    const file = fileOf('a', 'SECTION');
    changeRank(file, 'DIVISION', '2018-12-01');
    expect(refusal(() => changeRank(file, 'DIVISION', '2019-01-01')).code).toBe('cadre.sameRank');
    expect(refusal(() => changeRank(file, 'STAFF', '2018-11-01')).code).toBe('cadre.laterChange');
  });
});

describe('a membership', () => {
  it('begins and ends on its days, and no two of a kind hold at once', () => {
    const file = fileOf('a');
    changeMembership(file, 'PARTY', '2005-07-01', true);
    expect(refusal(() => changeMembership(file, 'PARTY', '2006-07-01', true)).code).toBe('cadre.membership');
    expect(told(changeMembership(file, 'PARTY', '2010-07-01', false))).toEqual([
      { type: 'cadre.membershipChanged', kind: 'PARTY', on: '2010-07-01', member: false },
    ]);
    expect(refusal(() => changeMembership(file, 'LEAGUE', '2010-07-01', false)).code).toBe('cadre.membership');
    expect(file.record().partyMember).toEqual([{ from: '2005-07-01', until: '2010-07-01' }]);
  });
});
