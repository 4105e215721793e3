import { small } from '../plan/small.ts';
import { yangpu } from '../plan/yangpu.ts';
import { drawMap, type DistrictMap } from './district-map.ts';
import type { Point } from './half-planes.ts';
import { isSimple } from './simple-ring.ts';
import type { Outline } from './tiling.ts';

/** A ring in whole steps of the fifth decimal, so that areas and crossings are exact. */
const steps = (outline: Outline): Point[] =>
  (outline[0] ?? []).slice(1).map(([lng, lat]) => [Math.round(lng * 1e5), Math.round(lat * 1e5)]);

/** Twice the area, a whole number; positive when the ring runs counter-clockwise. */
const doubled = (ring: Point[]): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] as Point;
    return sum + x * nextY - nextX * y;
  }, 0);

describe.each([yangpu, small])('the map of $key', (plan) => {
  let map: DistrictMap;
  beforeAll(() => {
    map = drawMap(plan);
  });
  const areaOf = (outline: Outline | undefined): number => doubled(steps(outline ?? []));
  const sum = (outlines: (Outline | undefined)[]): number =>
    outlines.reduce((total, outline) => total + areaOf(outline), 0);

  it('has as many grids, residential areas and subdistricts as planned', () => {
    expect(map.grids).toHaveLength(plan.grids);
    const areas = plan.subdistricts.reduce((total, { residentialAreas }) => total + residentialAreas, 0);
    expect(map.outlines.size).toBe(plan.subdistricts.length + areas);
  });

  it('tiles exactly at every level', () => {
    expect(sum(plan.subdistricts.map(({ code }) => map.outlines.get(code)))).toBe(areaOf(map.district));
    for (const { code } of plan.subdistricts) {
      const areas = [...map.outlines.keys()].filter((area) => area.length === 12 && area.startsWith(code));
      expect(sum(areas.map((area) => map.outlines.get(area)))).toBe(areaOf(map.outlines.get(code)));
    }
    for (const [code, outline] of map.outlines) {
      if (code.length !== 12) continue;
      expect(sum(map.grids.filter(({ areaCode }) => areaCode === code).map((grid) => grid.outline))).toBe(
        areaOf(outline),
      );
    }
  });

  it('has no border that two cells of one level walk in the same direction, so none overlap', () => {
    const borders = map.grids.flatMap(({ outline }) => {
      const ring = steps(outline);
      return ring.map(([x, y], at) => `${x},${y}>${ring[(at + 1) % ring.length]?.join(',')}`);
    });
    expect(new Set(borders).size).toBe(borders.length);
  });

  it('has no empty and no self-crossing place, each running counter-clockwise and closed', () => {
    const all = [map.district, ...map.outlines.values(), ...map.grids.map((grid) => grid.outline)];
    const open = all.filter(([ring]) => ring?.[0]?.join() !== ring?.at(-1)?.join());
    const turned = all.filter((outline) => areaOf(outline) <= 0);
    const crossing = all.filter((outline) => !isSimple(steps(outline), 0));
    expect([open, turned, crossing]).toEqual([[], [], []]);
  });

  it('gives subdistricts the shares of area that they have', () => {
    const whole = plan.subdistricts.reduce((total, { areaKm2 }) => total + areaKm2, 0);
    for (const { code, areaKm2 } of plan.subdistricts) {
      expect(areaOf(map.outlines.get(code)) / areaOf(map.district) / (areaKm2 / whole)).toBeCloseTo(1, 1);
    }
  });

  it('writes five decimals at most', () => {
    const numbers = map.grids.flatMap(({ outline }) => outline.flat(2));
    expect(numbers.filter((number) => !/^\d+(\.\d{1,5})?$/.test(String(number)))).toEqual([]);
  });
});
