import { batched, byId, connectUnder, manyBy, sql, validOn, type Connection, type Ctx } from '@frontline/platform';
import { Organization } from '../organization/organization.entity.ts';
import { Patch, PatchArea } from './patch.entity.ts';
import type { PatchesArgs } from './patch.inputs.ts';

/** Patches of a subdistrict on a day, by code. */
export function patchesOf(ctx: Ctx, subdistrictId: string, { on, ...page }: PatchesArgs): Promise<Connection<Patch>> {
  return connectUnder(ctx, Patch, subdistrictId, page, {
    parent: sql.ref('t.subdistrict_id'),
    where: [validOn('t', on ?? ctx.today())],
    order: [['t.code', 'asc']],
  });
}

/** Residential areas of a patch on a day, by code. */
export async function areasOfPatch(ctx: Ctx, patchId: string, day: string): Promise<Organization[]> {
  const rows = await manyBy(ctx, PatchArea, 'patchId', patchId, { where: [validOn('t', day)] });
  const found = await Promise.all(rows.map(({ areaId }) => byId(ctx, Organization, areaId)));
  return found.filter((area) => area !== undefined).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The patch that a residential area is in on a day, if it is in one. */
export async function patchOfArea(ctx: Ctx, areaId: string, day: string): Promise<Patch | undefined> {
  const patchId = await batched(ctx, `patch of area ${day}`, areaId, async (ids) => {
    const { rows } = await sql<{ area: string; patch: string }>`
      select pa.area_id as area, pa.patch_id as patch from patch_area pa where pa.area_id = any(${ids}::uuid[]) and ${validOn('pa', day)}`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map(({ area, patch }) => [area, patch]));
  });
  return byId(ctx, Patch, patchId);
}
