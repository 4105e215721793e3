import type { Point } from './half-planes.ts';

/** Longitude and latitude in degrees. */
export type LngLat = readonly [lng: number, lat: number];

/** Kilometres of a degree of latitude, and of a degree of longitude at the equator. */
const KM_PER_DEGREE = 111.32;

/** Maps a district onto a plane in kilometres and back; near enough, as a district is some ten kilometres wide. */
export function projection([lng0, lat0]: LngLat): { toPlane(at: LngLat): Point; toGlobe(at: Point): LngLat } {
  const shrink = Math.cos((lat0 * Math.PI) / 180);
  return {
    toPlane: ([lng, lat]) => [(lng - lng0) * KM_PER_DEGREE * shrink, (lat - lat0) * KM_PER_DEGREE],
    toGlobe: ([x, y]) => [lng0 + x / (KM_PER_DEGREE * shrink), lat0 + y / KM_PER_DEGREE],
  };
}
