import { cadreRecord } from '@frontline/events';
import { copyOf, type Ctx } from '@frontline/platform';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { PatchArea } from '../patch/patch.entity.ts';
import type { Served } from '../duty/duty-fulfilment.ts';
import { cadreOn, countsAs, type CadreOnDay, type Register } from './acting-under-assignment.ts';

/**
 * Assignments that hold on a day (YYYY-MM-DD) and reach an organization: fixed to it, or to the patch that it is in then,
 * so that a visit to any area of a patch counts for who holds it. Earliest first.
 */
export async function assignmentsAt(ctx: Ctx, organizationId: string, day: string): Promise<ContactAssignment[]> {
  const held = { validFrom: { $lte: day }, $or: [{ validTo: null }, { validTo: { $gt: day } }] };
  const patches = await ctx.em.find(PatchArea, { areaId: organizationId, ...held });
  return ctx.em.find(
    ContactAssignment,
    { targetId: { $in: [organizationId, ...patches.map(({ patchId }) => patchId)] }, ...held },
    { orderBy: { validFrom: 'asc', id: 'asc' } },
  );
}

/**
 * The assignments for which something that these cadres did counts: in which one of them acts other than as a liaison, and
 * those that count `always`, by their ids.
 */
export function servedBy(
  assignments: readonly ContactAssignment[],
  cadreIds: readonly string[],
  register: Register,
  always: ReadonlySet<string>,
): Served[] {
  return assignments.flatMap((each) => {
    const as = countsAs(each, cadreIds, register);
    return as || always.has(each.id) ? [{ owedBy: each.id, substituted: as === 'SUBSTITUTE' }] : [];
  });
}

/** What our copies of the personnel register say of these cadres for a day; who is not copied is absent. */
export async function registerOf(ctx: Ctx, cadreIds: readonly string[], day: string): Promise<Register> {
  const found = await Promise.all(
    [...new Set(cadreIds)].map(async (id): Promise<[string, CadreOnDay] | undefined> => {
      const record = await copyOf(ctx, cadreRecord, id);
      return record && [id, cadreOn(record, day)];
    }),
  );
  return new Map(found.filter((each) => each !== undefined));
}
