import { z } from 'zod';
import { ROLES } from '@frontline/access';
import { changeAll, importBatch, importer, type Importer } from '@frontline/platform';
import { id } from '@frontline/platform/import-fields';
import { letGrantsFollow } from '../succession/succession.commands.ts';
import { Account } from './account.entity.ts';

const accountLine = z.strictObject({
  id,
  sub: z.string().min(1).max(200),
  label: z.string().max(200),
  cadreId: id.optional(),
  grants: z.array(z.strictObject({ role: z.enum(ROLES), place: id.optional() })),
});

/** How an account is brought in: whom a subject of the token issuer is here. */
export const accountImporter: Importer = importer(accountLine, async (ctx, lines) => {
  await importBatch(ctx, Account, lines);
  await changeAll(ctx, letGrantsFollow);
});
