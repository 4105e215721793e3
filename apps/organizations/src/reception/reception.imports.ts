import { z } from 'zod';
import { importBatch, importer, refuseUnknown, type Ctx, type Importer } from '@frontline/platform';
import { day, id, instant, values } from '@frontline/platform/import-fields';
import { ReceptionDay, ReceptionKind, ReceptionSeat } from './reception-day.entity.ts';
import { receptionId, seatId } from './reception-schedule.ts';

const receptionLine = z
  .strictObject({
    id,
    kind: values(ReceptionKind),
    /** The day that the schedule gives, and which venue of that day: with the subdistrict its natural key. */
    occurrence: day,
    nth: z.int().min(1).default(1),
    date: day,
    subdistrictId: id,
    venueId: id,
    receivers: z.array(
      z.strictObject({ representativeId: id.optional(), cadreId: id.optional(), attended: z.boolean().optional() }),
    ),
    cancelled: z.strictObject({ on: day, reason: z.string().min(1).max(500) }).optional(),
    session: z.strictObject({ activityId: id, heldAt: instant }).optional(),
  })
  .refine((line) => line.id === receptionId(line.subdistrictId, line.kind, line.occurrence, line.nth), {
    path: ['id'],
    message: 'must be the natural key of the reception: planning would make it a second time',
  })
  .refine(({ cancelled, session }) => !(cancelled && session), {
    path: ['session'],
    message: 'must not be given for a reception that was cancelled',
  })
  .refine(
    ({ receivers }) => {
      const named = receivers.flatMap(({ representativeId }) => representativeId ?? []);
      return new Set(named).size === named.length;
    },
    { path: ['receivers'], message: 'must not name anybody twice' },
  );

/** Receptions that are past or planned emit nothing: whoever needs them reads them. */
async function importReceptions(ctx: Ctx, lines: z.output<typeof receptionLine>[]): Promise<void> {
  await refuseUnknown(
    ctx,
    'organization',
    lines.flatMap(({ subdistrictId, venueId }) => [subdistrictId, venueId]),
    'venueId',
  );
  await refuseUnknown(
    ctx,
    'activity',
    lines.flatMap(({ session }) => session?.activityId ?? []),
    'session.activityId',
  );
  await importBatch(
    ctx,
    ReceptionDay,
    lines.map(({ id: lineId, kind, occurrence, date, subdistrictId, venueId, receivers, cancelled, session }) => ({
      id: lineId,
      kind,
      occurrence,
      date,
      movedFrom: date === occurrence ? null : occurrence,
      subdistrictId,
      venueId,
      seats: receivers.length,
      cancelledOn: cancelled?.on ?? null,
      changeReason: cancelled?.reason ?? null,
      heldAt: session?.heldAt ?? null,
      activityId: session?.activityId ?? null,
    })),
  );
  await importBatch(
    ctx,
    ReceptionSeat,
    lines.flatMap(({ id: receptionDayId, receivers }) =>
      receivers.map(({ representativeId, cadreId, attended }, at) => ({
        id: seatId(receptionDayId, at + 1),
        receptionDayId,
        nth: at + 1,
        representativeId: representativeId ?? null,
        cadreId: cadreId ?? null,
        attended: attended ?? null,
      })),
    ),
    { ownedBy: { property: 'receptionDayId', ids: lines.map((line) => line.id) } },
  );
}

/** How a reception is brought in, after its place and the activity that tells what was raised. */
export const receptionImporter: Importer = importer(receptionLine, importReceptions);
