import { z } from 'zod';
import { importBatch, importer, type Importer } from '@frontline/platform';
import { id, period, validity, values } from '@frontline/platform/import-fields';
import { BranchPairing, PairingEndReason } from './branch-pairing.entity.ts';

const pairingLine = z.strictObject({
  id,
  branchId: id,
  partnerId: id,
  ...period,
  plan: z.string().optional(),
  reason: z.string().optional(),
  endReason: values(PairingEndReason).optional(),
});

/** How a branch pairing is brought in. */
export const branchPairingImporter: Importer = importer(pairingLine, async (ctx, lines) => {
  await importBatch(
    ctx,
    BranchPairing,
    lines.map(({ from, until, plan = null, reason = null, endReason = null, ...line }) => ({
      ...line,
      plan,
      reason,
      endReason,
      ...validity({ from, until }),
    })),
  );
});
