import { importBatch, importer, refuseUnknown, type Importer } from '@frontline/platform';
import { day, id, values } from '@frontline/platform/import-fields';
import { ending } from '../effective/imported-periods.ts';
import { Rotation, RotationCancelReason, RotationState } from './rotation.entity.ts';

const rotationLine = ending({
  id,
  cadreId: id,
  organizationId: id,
  state: values(RotationState),
  begunOn: day.optional(),
  endedOn: day.optional(),
  cancelReason: values(RotationCancelReason).optional(),
})
  .refine(({ state, begunOn }) => state === 'CANCELLED' || (state === 'PLANNED') === (begunOn === undefined), {
    path: ['begunOn'],
    message: 'must be given once the rotation has begun, and only then',
  })
  .refine(({ state, endedOn }) => (state === 'COMPLETED' || state === 'CANCELLED') === (endedOn !== undefined), {
    path: ['endedOn'],
    message: 'must be given when the rotation is over, and only then',
  })
  .refine(({ state, cancelReason }) => (state === 'CANCELLED') === (cancelReason !== undefined), {
    path: ['cancelReason'],
    message: 'must be given when the rotation was cancelled, and only then',
  });

/** How a rotation is brought in, wherever it stands; past moves tell nothing, and the experience has lines of its own. */
export const rotationImporter: Importer = importer(rotationLine, async (ctx, lines) => {
  await refuseUnknown(
    ctx,
    'cadre',
    lines.map(({ cadreId }) => cadreId),
    'rotation.cadreId',
  );
  const rows = lines.map(({ from: plannedFrom, until: plannedUntil, begunOn, endedOn, cancelReason, ...line }) => ({
    ...line,
    plannedFrom,
    plannedUntil,
    begunOn: begunOn ?? null,
    endedOn: endedOn ?? null,
    cancelReason: cancelReason ?? null,
  }));
  await importBatch(ctx, Rotation, rows);
});
