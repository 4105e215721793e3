import type { Day } from '../days.ts';
import { dice } from '../dice.ts';
import type { DistrictMap } from '../geometry/district-map.ts';
import type { Outline } from '../geometry/tiling.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Cadre } from '../personnel/cadre.ts';

/** A grid as the import reads it. */
export interface GridLine extends ImportLine {
  type: 'grid';
  code: string;
  layer: string;
  name: string;
  residentialAreaId: string;
  leaderCadreId?: string;
  from: Day;
  until?: Day;
  outline: Outline;
}

/** Since 2010, "将组团式服务纳入一线工作法". */
const GRIDS_SINCE: Day = '2010-07-01';

/**
 * Responsibility grids, which tile their residential areas; before them a few larger ones that were split in 2015; and a
 * second layer, one policing grid for each residential area, as 多格合一 has several.
 */
export function* grids(
  plan: DistrictPlan,
  map: DistrictMap,
  cadres: readonly Cadre[],
  seed: string,
): Generator<GridLine> {
  const random = dice(seed, 'grids');
  const line = (
    code: string,
    layer: string,
    areaCode: string,
    name: string,
    outline: Outline,
    from: Day,
  ): GridLine => ({
    type: 'grid',
    id: idOf('grid', code),
    code,
    layer,
    name,
    residentialAreaId: organizationId(areaCode),
    from,
    outline,
  });
  const leaders = Map.groupBy(
    cadres.filter(
      ({ isServing, rank, line: { recruitedOn } }) =>
        isServing && (rank === 'SECTION' || rank === 'STAFF') && recruitedOn < '2010-01-01',
    ),
    ({ organizationCode }) => organizationCode,
  );
  const split = new Set([...map.outlines.keys()].filter((code) => code.length === 12 && random.chance(0.05)));
  for (const { code, areaCode, outline } of map.grids) {
    const leader = random.chance(0.8) ? random.pick(leaders.get(areaCode.slice(0, 9)) ?? [undefined]) : undefined;
    const from = split.has(areaCode) ? '2015-01-01' : GRIDS_SINCE;
    const grid = line(code, 'responsibility', areaCode, `第${Number(code.slice(-2))}责任网格`, outline, from);
    yield leader ? { ...grid, leaderCadreId: leader.line.id } : grid;
  }
  for (const [code, outline] of map.outlines) {
    if (code.length !== 12) continue;
    if (split.has(code)) {
      yield {
        ...line(`${code}-A0`, 'responsibility', code, '原责任网格（2015年细分）', outline, GRIDS_SINCE),
        until: '2015-01-01',
      };
    }
    yield line(`${code}-P1`, 'policing', code, '治安网格', outline, '2012-01-01');
  }
}
