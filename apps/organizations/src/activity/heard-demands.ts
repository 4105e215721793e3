import { byId, checkedId, type Ctx } from '@frontline/platform';
import { isCategory } from '../directory/case-categories.ts';
import { Organization } from '../organization/organization.entity.ts';
import { Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import type { DemandInput } from './activity.inputs.ts';

/** A demand as events show it: never its words. */
export function demandFactsOf({ id, disposition, categoryCode, caseKind, areaId, householdId }: Demand) {
  return {
    demandId: id,
    disposition,
    categoryCode,
    areaId,
    ...(caseKind && { caseKind }),
    ...(householdId && { householdId }),
  };
}

/** A demand as it was given; refuses a place, a household or a category that can't be one. */
export async function demandOf(ctx: Ctx, input: DemandInput, targetId: string, path: string): Promise<Demand> {
  await checkPlaces(ctx, input, path);
  await checkCategory(ctx, input.categoryCode, path);
  return Object.assign(new Demand(), {
    text: input.text.trim(),
    disposition: input.disposition,
    categoryCode: input.categoryCode.trim(),
    caseKind: input.caseKind ?? null,
    areaId: input.areaId ?? targetId,
    householdId: input.householdId ?? null,
    outcome: input.outcome?.trim() || null,
  });
}

/** Refuses the code of a category that is none. */
export async function checkCategory(ctx: Ctx, categoryCode: string, path: string): Promise<void> {
  if (!(await isCategory(ctx, categoryCode.trim())))
    throw activityErrors('demand.category', {}, { field: `${path}.categoryCode` });
}

/** Refuses an area that is no organization of ours, and a household's id that can't be one. */
export async function checkPlaces(
  ctx: Ctx,
  { areaId, householdId }: Pick<DemandInput, 'areaId' | 'householdId'>,
  path: string,
): Promise<void> {
  if (householdId) checkedId(householdId, `${path}.householdId`);
  if (areaId && !(await byId(ctx, Organization, areaId)))
    throw activityErrors('activity.unknownOrganization', {}, { field: `${path}.areaId` });
}
