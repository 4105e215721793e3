import type { Unit } from '@frontline/platform';
import { followSuccession } from '../contact-assignment/assignment-followers.ts';
import { endOn } from '../organization/organization-timeline.ts';
import { areasOf, endPatch } from './patch.commands.ts';
import { Patch, PatchArea } from './patch.entity.ts';
import { fateOf } from './patch-moves.ts';

/**
 * Patches follow residential areas that go to another subdistrict from a day on, or end (`null`): a patch of which all go
 * to the same one goes with them, and whoever holds it goes on; others lose them. `heirs` names the areas that go on for
 * those which were merged: they take the place of these. Gives the ids of the assignments that changed.
 */
export async function followAreas(
  unit: Unit,
  moves: ReadonlyMap<string, string | null>,
  on: string,
  heirs: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const { em } = unit.ctx;
  const concerned = await em.find(PatchArea, { areaId: { $in: [...moves.keys()] } });
  const patchIds = [...new Set(concerned.filter(({ validTo }) => !validTo || validTo > on).map((row) => row.patchId))];
  const changed: string[] = [];
  for (const patch of await unit.loadAll(Patch, { id: { $in: patchIds } })) {
    const rows = await areasOf(unit, patch.id);
    const held = rows.filter((row) => row.holdsOn(on) || row.validFrom > on);
    // areas that go to where the patch is already don't leave it: it has followed them before
    const away = new Map([...moves].filter(([, to]) => to !== patch.subdistrictId));
    const fate = fateOf({ id: patch.id, areaIds: [...new Set(held.map(({ areaId }) => areaId))] }, away);
    if (fate.fate === 'GOES') changed.push(...(await moveWhole(unit, patch, held, fate.subdistrictId, on)));
    else if (fate.fate === 'ENDS' && !held.some(({ areaId }) => heirs.has(areaId)))
      changed.push(...(await endPatch(unit, patch, on)));
    else if (fate.fate !== 'STAYS') {
      const areaIds = new Set<string>();
      for (const row of held) {
        const areaId = away.has(row.areaId) ? await leave(unit, patch, row, on, heirs) : row.areaId;
        if (areaId) areaIds.add(areaId);
      }
      unit.emit(patch, patch.changed(on, [...areaIds]));
    }
  }
  return changed;
}

/** The patch goes on under another subdistrict as one of its own, and whoever holds it with it. */
async function moveWhole(
  unit: Unit,
  patch: Patch,
  held: readonly PatchArea[],
  subdistrictId: string,
  on: string,
): Promise<string[]> {
  const { code, nameZh, nameEn } = patch;
  const next = Object.assign(new Patch(), { subdistrictId, code, nameZh, nameEn, validFrom: on, validTo: null });
  const areaIds = [...new Set(held.map(({ areaId }) => areaId))];
  for (const areaId of areaIds)
    unit.addOwned(Object.assign(new PatchArea(), { patchId: next.id, areaId, validFrom: on, validTo: null }));
  for (const never of endOn([...held], on)) unit.ctx.em.remove(never);
  unit.emit(patch, ...patch.end(on));
  unit.add(next, next.created(areaIds));
  return followSuccession(unit, new Map([[patch.id, next.id]]), on, new Map([[next.id, subdistrictId]]));
}

/** An area leaves its patch; gives the one that goes on for it and takes its place there, if one does that has none. */
async function leave(
  unit: Unit,
  { id: patchId, validTo = null }: Patch,
  row: PatchArea,
  on: string,
  heirs: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const { em } = unit.ctx;
  for (const never of endOn([row], on)) em.remove(never);
  const areaId = heirs.get(row.areaId);
  if (!areaId) return undefined;
  const placed = await em.find(PatchArea, { areaId });
  if (placed.some((each) => !each.validTo || each.validTo > on)) return undefined;
  unit.addOwned(Object.assign(new PatchArea(), { patchId, areaId, validFrom: on, validTo }));
  return areaId;
}
