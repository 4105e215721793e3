import { manyBy, type Ctx } from '@frontline/platform';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { FormerArea } from './former-area.entity.ts';

/** The residential area that a grid, team or household belonged to on a day; the present one when no day is named. */
export async function areaOn(
  ctx: Ctx,
  { id, residentialAreaId }: { id: string; residentialAreaId: string },
  day?: string,
): Promise<OrganizationStub> {
  if (!day) return OrganizationStub.of(residentialAreaId);
  const former = await manyBy(ctx, FormerArea, 'holderId', id, { order: [['t.valid_from', 'asc']] });
  return OrganizationStub.of(
    former.find(({ validTo }) => validTo && day < validTo)?.residentialAreaId ?? residentialAreaId,
  );
}
