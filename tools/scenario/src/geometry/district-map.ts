import { polygonArea } from 'd3-polygon';
import { apportion } from '../dice.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Ring } from './half-planes.ts';
import { projection, type LngLat } from './projection.ts';
import { splitAround, splitEvenly } from './split.ts';
import { tile, type Outline } from './tiling.ts';

/** A place of the map: its code, its outline, and a point inside it. */
export interface MappedGrid {
  code: string;
  areaCode: string;
  outline: Outline;
}

/** The schematic map of a district; its places nest and tile exactly. It depends on the plan alone, not on the seed. */
export interface DistrictMap {
  district: Outline;
  grids: MappedGrid[];
  outlines: ReadonlyMap<string, Outline>;
  centres: ReadonlyMap<string, LngLat>;
  /** The outline of several residential areas together, by their codes. */
  together(areaCodes: readonly string[]): Outline;
}

/** Code of the nth residential area of a subdistrict: its nine digits and three more. */
export const areaCode = (subdistrict: string, nth: number): string => `${subdistrict}${String(nth).padStart(3, '0')}`;

const gridCode = (area: string, nth: number): string => `${area}-${String(nth).padStart(2, '0')}`;

/** Counter-clockwise on a map, where north is up; d3 counts areas on a screen, where y runs down. */
const counterClockwise = (ring: Ring): Ring => (polygonArea(ring as [number, number][]) < 0 ? ring : ring.toReversed());

function middleOf(outline: Outline): LngLat {
  const ring = (outline[0] as LngLat[]).slice(1);
  const mean = (axis: 0 | 1): number => Number((ring.reduce((sum, at) => sum + at[axis], 0) / ring.length).toFixed(5));
  return [mean(0), mean(1)];
}

/** Draws the map: district → subdistricts (by their areas, around their centres) → residential areas → grids. */
export function drawMap(plan: DistrictPlan): DistrictMap {
  const { toPlane, toGlobe } = projection(plan.outline[0] as LngLat);
  const open = plan.outline.slice(0, -1).map(toPlane);
  const streets = splitAround(
    counterClockwise(open),
    plan.subdistricts.map(({ centre }) => toPlane(centre)),
    plan.subdistricts.map(({ areaKm2 }) => areaKm2),
  );
  const perStreet = apportion(
    plan.grids,
    plan.subdistricts.map(({ residents }) => residents),
    0,
  );
  const cells = new Map<string, Ring>();
  const gridsOf = new Map<string, string[]>();
  plan.subdistricts.forEach((subdistrict, index) => {
    const areas = splitEvenly(streets[index] as Ring, Array(subdistrict.residentialAreas).fill(1), subdistrict.code);
    const counts = apportion(
      perStreet[index] as number,
      areas.map(() => 1),
      1,
    );
    areas.forEach((area, nth) => {
      const code = areaCode(subdistrict.code, nth + 1);
      const grids = splitEvenly(area, Array(counts[nth] as number).fill(1), code);
      gridsOf.set(
        code,
        grids.map((_, at) => gridCode(code, at + 1)),
      );
      grids.forEach((grid, at) => cells.set(gridCode(code, at + 1), grid));
    });
  });
  return assemble(plan, cells, gridsOf, toGlobe);
}

function assemble(
  plan: DistrictPlan,
  cells: ReadonlyMap<string, Ring>,
  gridsOf: ReadonlyMap<string, string[]>,
  toGlobe: (at: readonly [number, number]) => LngLat,
): DistrictMap {
  const { outlineOf } = tile(cells, toGlobe);
  const together = (areas: readonly string[]): Outline => outlineOf(areas.flatMap((area) => gridsOf.get(area) ?? []));
  const outlines = new Map<string, Outline>();
  const grids: MappedGrid[] = [];
  for (const [code, codes] of gridsOf) {
    outlines.set(code, together([code]));
    for (const grid of codes) grids.push({ code: grid, areaCode: code, outline: outlineOf([grid]) });
  }
  for (const { code } of plan.subdistricts) {
    outlines.set(code, together([...gridsOf.keys()].filter((area) => area.startsWith(code))));
  }
  const centres = new Map([...outlines].map(([code, outline]) => [code, middleOf(outline)]));
  return { district: together([...gridsOf.keys()]), grids, outlines, centres, together };
}
