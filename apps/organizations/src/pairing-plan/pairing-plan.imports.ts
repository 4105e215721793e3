import { z } from 'zod';
import { importBatch, importer, refuseUnknown, type Importer } from '@frontline/platform';
import { day, id, values } from '@frontline/platform/import-fields';
import { ActivityKind } from '../activity/activity-enums.ts';
import { ItemOutcome, PairingPlan } from './pairing-plan.entity.ts';

const planLine = z.strictObject({
  id,
  pairingId: id,
  year: z.int().min(1978).max(2200),
  items: z
    .array(
      z.strictObject({
        what: z.string().trim().min(1).max(200),
        plannedOn: day,
        activityKind: values(ActivityKind).optional(),
        outcome: values(ItemOutcome).optional(),
        doneOn: day.optional(),
        note: z.string().optional(),
        activityId: id.optional(),
      }),
    )
    .min(1),
  reviewedOn: day.optional(),
  reviewNote: z.string().optional(),
  concludedByBranchOn: day.optional(),
  concludedByPartnerOn: day.optional(),
});

/** How the yearly plan of a pairing is brought in, after the pairing, with its review if it has one. */
export const pairingPlanImporter: Importer = importer(planLine, async (ctx, lines) => {
  await refuseUnknown(
    ctx,
    'branch_pairing',
    lines.map(({ pairingId }) => pairingId),
    'pairingId',
  );
  await importBatch(
    ctx,
    PairingPlan,
    lines.map(({ items, reviewedOn, reviewNote, concludedByBranchOn, concludedByPartnerOn, ...line }) => ({
      ...line,
      items: items.map((item, at) => ({ number: at + 1, ...item })),
      reviewedOn: reviewedOn ?? null,
      reviewNote: reviewNote ?? null,
      concludedByBranchOn: concludedByBranchOn ?? null,
      concludedByPartnerOn: concludedByPartnerOn ?? null,
    })),
  );
});
