import { z } from 'zod';
import { contactAssignmentImported } from '@frontline/events';
import { importBatch, importer, refuseUnknown, type Ctx, type Importer } from '@frontline/platform';
import { id, period, validity, values } from '@frontline/platform/import-fields';
import { ContactorKind } from '../contact-scheme/contact-scheme.entity.ts';
import { Patch } from '../patch/patch.entity.ts';
import { ContactAssignment, ContactTargetKind } from './contact-assignment.entity.ts';

const assignmentLine = z.strictObject({
  id,
  scheme: z.string(),
  contactorKind: values(ContactorKind),
  contactorIds: z.array(id).min(1),
  targetId: id,
  targetKind: values(ContactTargetKind).default('ORGANIZATION'),
  liaisonIds: z.array(id).default([]),
  ...period,
  reason: z.string(),
});

/** The subdistricts of patches; refuses one that was not brought in before. */
async function placesOfPatches(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  await refuseUnknown(ctx, 'patch', ids, 'targetId');
  const patches = await ctx.em.fork().find(Patch, { id: { $in: [...new Set(ids)] } });
  return new Map(patches.map(({ id: patchId, subdistrictId }) => [patchId, subdistrictId]));
}

/** How a contact assignment is brought in, after the patches. */
export const contactAssignmentImporter: Importer = importer(assignmentLine, async (ctx, lines) => {
  const places = await placesOfPatches(
    ctx,
    lines.filter(({ targetKind }) => targetKind === 'PATCH').map(({ targetId }) => targetId),
  );
  const rows = lines.map(({ contactorIds: [contactorId, ...coContactorIds], from, until, ...line }) => ({
    ...line,
    placeId: places.get(line.targetId) ?? line.targetId,
    contactorId: contactorId as string,
    coContactorIds,
    ...validity({ from, until }),
  }));
  await importBatch(ctx, ContactAssignment, rows, {
    fact: (row) => contactAssignmentImported.of({ record: Object.assign(new ContactAssignment(), row).record() }),
  });
});
