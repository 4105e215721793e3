/** What the measures of an organization can be, whichever door they come by. */
export const measures = {
  longitude: { min: -180, max: 180 },
  latitude: { min: -90, max: 90 },
  residents: { min: 0, max: 100_000_000 },
  areaKm2: { min: 0, max: 1_000_000 },
} as const;

/** The first measure that can't be, by its name; what is not given is right. */
export function impossibleMeasure(
  given: Readonly<Partial<Record<keyof typeof measures, number | null | undefined>>>,
): keyof typeof measures | undefined {
  const names = Object.keys(measures) as (keyof typeof measures)[];
  return names.find((name) => {
    const value = given[name];
    return typeof value === 'number' && !(measures[name].min <= value && value <= measures[name].max);
  });
}
