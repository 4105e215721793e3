/** A patch with the residential areas that it holds on a day. */
export interface HeldPatch {
  readonly id: string;
  readonly areaIds: readonly string[];
}

/**
 * What becomes of a patch when residential areas go elsewhere: it stays as it is, loses some, goes whole to another
 * subdistrict, or nothing is left of it.
 */
export type PatchFate =
  | { readonly fate: 'STAYS' }
  | { readonly fate: 'LOSES'; readonly areaIds: readonly string[] }
  | { readonly fate: 'GOES'; readonly subdistrictId: string }
  | { readonly fate: 'ENDS' };

/**
 * What becomes of a patch: a patch is of one subdistrict, so areas that go to another leave it; if all of them go to the
 * same one it goes with them, so that whoever holds it goes on. `moves` says where areas go, `null` for those that end.
 */
export function fateOf({ areaIds }: HeldPatch, moves: ReadonlyMap<string, string | null>): PatchFate {
  const leaving = areaIds.filter((id) => moves.has(id));
  if (leaving.length === 0) return { fate: 'STAYS' };
  if (leaving.length < areaIds.length) return { fate: 'LOSES', areaIds: leaving };
  const goals = new Set(leaving.flatMap((id) => moves.get(id) ?? []));
  const [goal] = goals;
  return goal !== undefined && goals.size === 1 && leaving.every((id) => moves.get(id))
    ? { fate: 'GOES', subdistrictId: goal }
    : { fate: 'ENDS' };
}
