import { small } from '../plan/small.ts';
import { yangpu } from '../plan/yangpu.ts';
import { readScenario, type Lines } from '../read-scenario.fixture.ts';
import type { CadreLine } from './cadre.ts';

describe.each([
  ['yangpu at a tenth', yangpu, 0.1],
  ['small', small, 1],
])('the lives of the cadres of %s', (_name, plan, scale) => {
  let lines: Lines;
  beforeAll(() => {
    lines = readScenario(plan, scale);
  });

  it('let nobody help, go along or visit before they were recruited, nor under a title of later', () => {
    const recruited = new Map(lines.cadre.map(({ id, recruitedOn }) => [id, recruitedOn]));
    const acts: [string | undefined, string][] = [
      ...lines.pairedAssistance.map(({ cadreId, from }): [string, string] => [cadreId, from]),
      ...lines.liaison.map(({ liaisonId, from }): [string, string] => [liaisonId, from]),
      ...[
        ...lines.homeVisit.map(({ cadreIds, heldAt }) => ({ ids: cadreIds, heldAt })),
        ...lines.activity.map(({ contactorIds, heldAt }) => ({ ids: contactorIds, heldAt })),
      ].flatMap(({ ids: those, heldAt }) => those.map((id): [string, string] => [id, heldAt.slice(0, 10)])),
    ];
    expect(acts.filter(([id, day]) => day < (recruited.get(id ?? '') ?? ''))).toEqual([]);
    const titles = new Map<string, Set<string>>();
    for (const { ranks, posts } of lines.cadre)
      for (const { title, from } of posts) {
        const rank = ranks.findLast((each) => each.from <= from)?.rank ?? '';
        titles.set(title, (titles.get(title) ?? new Set()).add(rank));
      }
    expect([...titles.values()].filter((ranks) => ranks.size > 1)).toEqual([]);
  });

  it('keep the lives of cadres in order', () => {
    const breaks = (periods: { from: string; until?: string }[]): boolean =>
      periods.some(({ from }, at) => at > 0 && from !== periods[at - 1]?.until);
    const isWrong = ({ bornOn, recruitedOn, ranks, posts, status, statusSince }: CadreLine): boolean => {
      const end = status === 'ACTIVE' ? undefined : statusSince;
      const age = Number(recruitedOn.slice(0, 4)) - Number(bornOn.slice(0, 4));
      return age < 18 || breaks(ranks) || breaks(posts) || ranks.at(-1)?.until !== end || posts.at(-1)?.until !== end;
    };
    expect(lines.cadre.filter(isWrong)).toEqual([]);
    const overlapping = [...Map.groupBy(lines.experience, ({ cadreId }) => cadreId).values()].filter((periods) => {
      const sorted = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1));
      return sorted.some(({ from }, at) => at > 0 && from < (sorted[at - 1]?.until ?? '9'));
    });
    expect(overlapping).toEqual([]);
  });
});
