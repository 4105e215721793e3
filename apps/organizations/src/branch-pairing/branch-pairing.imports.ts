import { z } from 'zod';
import { importBatch, importer, type Importer } from '@frontline/platform';
import { id, period, validity } from '@frontline/platform/import-fields';
import { BranchPairing } from './branch-pairing.entity.ts';

/** How a branch pairing is brought in. */
export const branchPairingImporter: Importer = importer(
  z.strictObject({ id, branchId: id, partnerId: id, ...period, plan: z.string().optional() }),
  async (ctx, lines) => {
    await importBatch(
      ctx,
      BranchPairing,
      lines.map(({ from, until, plan, ...line }) => ({ ...line, plan: plan ?? null, ...validity({ from, until }) })),
    );
  },
);
