import { sql, type Sql, type Visibility } from '@frontline/platform';

/**
 * Rows whose residential area lies in one of these places (subdistricts, areas …). `place_ancestor` is the closure of the
 * organizations' paths that a trigger keeps beside our copy of them: two index lookups instead of reading JSON paths.
 */
export function areaWithin(column: string, places: 'ALL' | readonly string[]): Visibility {
  if (places === 'ALL') return 'ALL';
  if (places.length === 0) return 'NONE';
  // an array, not a join: so the planner takes the index of the area, however many places it expects
  return sql`${sql.ref(column)} = any(array(select p.place_id from place_ancestor p where p.ancestor_id = any(${[...places]}::uuid[])))`;
}

/** The same as a condition of a list, for one place that a client named. */
export function withinPlace(column: string, place: string): Sql {
  return areaWithin(column, [place]) as Sql;
}

/** Joins each row with every place above (and at) its residential area; the parent of a list is then `a.ancestor_id`. */
export function joinPlacesAbove(column: string): Sql {
  return sql`join place_ancestor a on a.place_id = ${sql.ref(column)}`;
}
