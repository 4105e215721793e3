import { placesFor } from '@frontline/access';
import { changeAll, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { endContactsOf } from '../contact-assignment/assignment-followers.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { liesWithin, lockTrees } from '../organization/organization-path.ts';
import { endOn, rowFrom } from '../organization/organization-timeline.ts';
import { Organization, OrganizationParent } from '../organization/organization.entity.ts';
import { Patch, PatchArea } from './patch.entity.ts';
import { patchErrors } from './patch.errors.ts';
import type { ChangePatchInput, CreatePatchInput, DissolvePatchInput } from './patch.inputs.ts';

const MAX_AREAS = 60;
const MAX_NAME = 100;

/** Makes a patch of residential areas of a subdistrict; it ends with the subdistrict, and an area leaves it with its place there. */
export function createPatch(ctx: Ctx, input: CreatePatchInput): Promise<Patch> {
  const { code, from, subdistrictId } = input;
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/.test(code)) throw patchErrors('patch.code', {}, { field: 'input.code' });
  const names = { nameZh: input.nameZh.trim(), nameEn: input.nameEn.trim() };
  for (const [name, text] of Object.entries(names))
    if (text.length === 0 || text.length > MAX_NAME)
      throw patchErrors('patch.name', { max: MAX_NAME }, { field: `input.${name}` });
  return idempotently(ctx, 'createPatch', Patch, input, (tx) =>
    changeAll(tx, async (unit) => {
      await lockTrees(unit.ctx);
      const subdistrict = await unit.load(Organization, subdistrictId, { field: 'input.subdistrictId' });
      await refuseForeignPlace(unit.ctx, subdistrict.id, 'input.subdistrictId');
      const { kind, validFrom, validTo = null } = subdistrict;
      if ((kind !== 'SUBDISTRICT' && kind !== 'TOWN') || validFrom > from || (validTo && validTo <= from))
        throw patchErrors('patch.subdistrict', { from }, { field: 'input.subdistrictId' });
      if (await unit.ctx.em.count(Patch, { code, $or: [{ validTo: null }, { validTo: { $gt: from } }] }))
        throw patchErrors('patch.codeTaken', {}, { field: 'input.code' });
      const patch = Object.assign(new Patch(), {
        subdistrictId: subdistrict.id,
        code,
        ...names,
        validFrom: from,
        validTo,
      });
      await fill(unit, patch, input.areaIds, from);
      return unit.add(patch, patch.created(input.areaIds));
    }),
  );
}

/** Says which residential areas a patch holds from a day on; whoever holds it holds these then. */
export function changePatch(ctx: Ctx, input: ChangePatchInput): Promise<Patch> {
  return withPatch(ctx, 'changePatch', input, input.from, 'input.from', async (unit, patch) => {
    await fill(unit, patch, input.areaIds, input.from);
    unit.emit(patch, patch.changed(input.from, input.areaIds));
    return [];
  });
}

/** Ends a patch, its areas' places in it and what is held of it. */
export function dissolvePatch(ctx: Ctx, input: DissolvePatchInput): Promise<Patch> {
  return withPatch(ctx, 'dissolvePatch', input, input.on, 'input.on', (unit, patch) => endPatch(unit, patch, input.on));
}

/** Ends a patch on a day with all that hangs on it; gives the ids of the assignments that end. */
export async function endPatch(unit: Unit, patch: Patch, on: string): Promise<string[]> {
  unit.emit(patch, ...patch.end(on));
  for (const never of endOn(await areasOf(unit, patch.id), on)) unit.ctx.em.remove(never);
  return endContactsOf(unit, patch.id, on);
}

/** The rows of a patch's areas, of any time. */
export function areasOf(unit: Unit, patchId: string): Promise<PatchArea[]> {
  return unit.ctx.em.find(PatchArea, { patchId });
}

/** Lets a patch hold exactly these areas from a day on, each as long as it stands under the subdistrict. */
export async function fill(
  unit: Unit,
  { id: patchId, subdistrictId, validTo: patchEnds }: Patch,
  areaIds: readonly string[],
  from: string,
): Promise<void> {
  const field = 'input.areaIds';
  if (areaIds.length === 0 || areaIds.length > MAX_AREAS || new Set(areaIds).size < areaIds.length)
    throw patchErrors('patch.areas', { max: MAX_AREAS }, { field });
  const { em } = unit.ctx;
  const places = await em.find(OrganizationParent, {
    organizationId: { $in: [...areaIds] },
    tree: 'TERRITORY',
    parentId: subdistrictId,
  });
  const known = await em.find(Organization, { id: { $in: [...areaIds] }, kind: 'RESIDENTIAL_AREA' });
  const elsewhere = await em.find(PatchArea, { areaId: { $in: [...areaIds] }, patchId: { $ne: patchId } });
  const own = Map.groupBy(await areasOf(unit, patchId), ({ areaId }) => areaId);
  for (const [areaId, rows] of own)
    if (!areaIds.includes(areaId)) for (const never of endOn(rows, from)) em.remove(never);
  for (const [at, areaId] of areaIds.entries()) {
    const place = places.find(
      (each) => each.organizationId === areaId && each.validFrom <= from && (!each.validTo || from < each.validTo),
    );
    if (!place || !known.some(({ id }) => id === areaId))
      throw patchErrors('patch.notItsArea', { from }, { field: `${field}[${at}]` });
    const rows = own.get(areaId) ?? [];
    if (rows.some((row) => row.holdsOn(from))) continue;
    const row = rowFrom(rows, from, () => {
      const fresh = Object.assign(new PatchArea(), { patchId, areaId });
      unit.addOwned(fresh);
      return fresh;
    });
    row.validTo = [row.validTo, place.validTo, patchEnds].filter((day) => typeof day === 'string').sort()[0] ?? null;
    const other = elsewhere.find(
      (each) =>
        each.areaId === areaId &&
        (!each.validTo || each.validTo > from) &&
        (!row.validTo || each.validFrom < row.validTo),
    );
    if (other) {
      const { code } = await em.findOneOrFail(Patch, { id: other.patchId });
      throw patchErrors('patch.areaTaken', { code }, { field: `${field}[${at}]` });
    }
  }
}

function withPatch(
  ctx: Ctx,
  operation: string,
  input: ChangePatchInput | DissolvePatchInput,
  day: string,
  field: string,
  work: (unit: Unit, patch: Patch) => Promise<string[]>,
): Promise<Patch> {
  const { patchId, expectedVersion = null } = input;
  return idempotently(ctx, operation, Patch, input, async (tx) => {
    let ended: string[] = [];
    const patch = await changeAll(tx, async (unit) => {
      await lockTrees(unit.ctx);
      const loaded = await unit.load(Patch, patchId, { expectedVersion, field: 'input.patchId' });
      await refuseForeignPlace(unit.ctx, loaded.subdistrictId, 'input.patchId');
      const { validFrom, validTo } = loaded;
      const earliest = validFrom > unit.ctx.today() ? validFrom : unit.ctx.today();
      if (day < earliest) throw patchErrors('patch.past', { from: earliest }, { field });
      if (validTo && validTo <= day) throw patchErrors('patch.ended', { on: validTo }, { field: 'input.patchId' });
      ended = await work(unit, loaded);
      return loaded;
    });
    if (ended.length > 0) await regenerateDuties(tx, { assignmentIds: ended });
    return patch;
  });
}

/** Whoever has a subdistrict arranges its patches; the Frontline Office arranges any. */
async function refuseForeignPlace(ctx: Ctx, subdistrictId: string, field: string): Promise<void> {
  const places = placesFor(ctx.actor, ['FRONTLINE_OFFICE', 'SUBDISTRICT']);
  if (!(await liesWithin(ctx, subdistrictId, places))) throw patchErrors('patch.notYourPlace', {}, { field });
}
