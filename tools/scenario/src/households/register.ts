import { apportion, type Dice } from '../dice.ts';
import type { DistrictMap, MappedGrid } from '../geometry/district-map.ts';
import { idOf } from '../ids.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';

/** A household's place in the register; who lives there is made only when it is written. */
interface HouseholdPlace {
  id: string;
  code: string;
  grid: MappedGrid;
}

/** Where every household is, without holding any of them: places follow from the number of a household. */
export interface HouseholdRegister {
  count: number;
  at(index: number): HouseholdPlace;
  /** The id of some household of a residential area. */
  within(areaCode: string, random: Dice): string;
}

/** Spreads the households over the grids by the residents of their subdistricts; each grid has some. */
export function householdRegister(plan: DistrictPlan, map: DistrictMap, count: number): HouseholdRegister {
  const { grids } = map;
  const gridsIn = new Map<string, number>();
  for (const { areaCode } of grids) gridsIn.set(areaCode.slice(0, 9), (gridsIn.get(areaCode.slice(0, 9)) ?? 0) + 1);
  const weights = grids.map(({ areaCode }) => {
    const code = areaCode.slice(0, 9);
    const residents = plan.subdistricts.find((subdistrict) => subdistrict.code === code)?.residents ?? 1;
    return residents / (gridsIn.get(code) as number);
  });
  const ends: number[] = [];
  for (const part of apportion(count, weights, 1)) ends.push((ends.at(-1) ?? 0) + part);
  const first = (grid: number): number => (grid === 0 ? 0 : (ends[grid - 1] as number));
  const firstGrid = new Map<string, number>();
  const lastGrid = new Map<string, number>();
  grids.forEach(({ areaCode }, index) => {
    if (!firstGrid.has(areaCode)) firstGrid.set(areaCode, index);
    lastGrid.set(areaCode, index);
  });
  const at = (index: number): HouseholdPlace => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) > index) high = middle;
      else low = middle + 1;
    }
    const grid = grids[low] as MappedGrid;
    const code = `${grid.code}-H${String(index - first(low) + 1).padStart(4, '0')}`;
    return { id: idOf('household', code), code, grid };
  };
  return {
    count,
    at,
    within: (areaCode, random) =>
      at(random.int(first(firstGrid.get(areaCode) as number), (ends[lastGrid.get(areaCode) as number] as number) - 1))
        .id,
  };
}
