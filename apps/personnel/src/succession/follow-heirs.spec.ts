import 'reflect-metadata';
import { transfer } from '../cadre/career.ts';
import { fileOf, idOf, TODAY, told } from '../cadre/personnel-file.fixture.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { beginPosting, leave } from '../cadre/status-changes.ts';
import { followHeirs } from './follow-heirs.ts';
import type { Heirs } from './heirs.ts';

const SINCE = '2018-08-01';
const heirs: Heirs = new Map([[idOf('department'), { heirId: idOf('heir'), since: SINCE }]]);
const fileWithHeirs = () => fileOf('mover', 'SECTION', TODAY, heirs);
const posts = (file: PersonnelFile) =>
  file
    .record()
    .posts.map(({ organizationId, from, until, succeeds, temporary }) => [
      [idOf('department'), idOf('heir'), idOf('south')].indexOf(organizationId),
      from,
      until,
      ...(temporary ? ['temporary'] : []),
      ...(succeeds ? ['succeeds', [idOf('department')].indexOf(succeeds)] : []),
    ]);
const posted = (organization: string, on: string) => ({ type: 'cadre.posted', organizationId: idOf(organization), on });

describe('posts at an organization that was taken over', () => {
  it('end on that day and go on at the heir, which the record says; done again, nothing is left', () => {
    const file = fileWithHeirs();
    expect(told(followHeirs(file))).toEqual([posted('heir', SINCE)]);
    expect(posts(file)).toEqual([
      [0, '2000-07-01', SINCE],
      [1, SINCE, undefined, 'succeeds', 0],
    ]);
    expect(file.rows.posts.map(({ title }) => title)).toEqual(['科员', '科员']);
    expect(followHeirs(file)).toEqual([]);
  });

  it('that begin later begin at the heir, those of elsewhere stay, and temporary ones follow', () => {
    const file = fileWithHeirs();
    transfer(file, { organizationId: idOf('south'), title: '主任', on: '2010-01-01', beside: false });
    beginPosting(file, { organizationId: idOf('department'), title: '挂职', from: '2018-09-01', until: '2019-09-01' });
    expect(told(followHeirs(file))).toEqual([posted('heir', '2018-09-01')]);
    expect(posts(file)).toEqual([
      [0, '2000-07-01', '2010-01-01'],
      [2, '2010-01-01', undefined],
      [1, '2018-09-01', '2019-09-01', 'temporary'],
    ]);
  });

  it('of somebody who was transferred on that very day are no succession', () => {
    const file = fileWithHeirs();
    transfer(file, { organizationId: idOf('south'), title: '主任', on: SINCE, beside: false });
    expect(followHeirs(file)).toEqual([]);
    expect(posts(file)).toEqual([
      [0, '2000-07-01', SINCE],
      [2, SINCE, undefined],
    ]);
  });

  it('of whoever leaves later end with the service, and of whoever has left stay', () => {
    const later = fileWithHeirs();
    leave(later, 'retire', { on: '2018-12-01', reason: 'AGE' });
    followHeirs(later);
    expect(posts(later).at(-1)).toEqual([1, SINCE, '2018-12-01', 'succeeds', 0]);
    const earlier = fileWithHeirs();
    earlier.putStatus('RETIRED', '2018-01-01');
    // a register that forgot to end the post
    expect(followHeirs(earlier)).toEqual([]);
    expect(posts(earlier)).toEqual([[0, '2000-07-01', undefined]]);
  });
});
