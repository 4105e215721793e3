import { z } from 'zod';
import { importBatch, importer, refuseUnknown, type Importer } from '@frontline/platform';
import { day, id } from '@frontline/platform/import-fields';
import { Handover } from './handover.entity.ts';

const handoverLine = z
  .strictObject({
    id,
    assignmentId: id,
    successorId: id,
    offeredOn: day,
    acceptedOn: day,
    takesEffectOn: day.optional(),
    /** The assignment that the successor holds since. */
    nextAssignmentId: id,
    reason: z.string().trim().min(1).max(500),
  })
  .refine(({ offeredOn, acceptedOn }) => acceptedOn >= offeredOn, {
    path: ['acceptedOn'],
    message: 'must not lie before offeredOn',
  });

/** How a handover of the past is brought in, after both assignments: one that was accepted, for an open one is offered here. */
export const handoverImporter: Importer = importer(handoverLine, async (ctx, lines) => {
  for (const field of ['assignmentId', 'nextAssignmentId'] as const)
    await refuseUnknown(
      ctx,
      'contact_assignment',
      lines.map((line) => line[field]),
      field,
    );
  await importBatch(
    ctx,
    Handover,
    lines.map(({ takesEffectOn, ...line }) => ({ ...line, takesEffectOn: takesEffectOn ?? null })),
  );
});
