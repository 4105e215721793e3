import { z } from 'zod';
import { publicRepresentativeImported } from '@frontline/events';
import { importBatch, importer, personalDataCipher, type Importer } from '@frontline/platform';
import { day, id, values } from '@frontline/platform/import-fields';
import {
  PublicRepresentative,
  RepresentativeKind,
  RepresentativeLevel,
  TermEndReason,
} from './public-representative.entity.ts';

const representativeLine = z
  .strictObject({
    id,
    name: z.string().min(1).max(100),
    cadreId: id.optional(),
    kind: values(RepresentativeKind),
    level: values(RepresentativeLevel),
    termFrom: day,
    termUntil: day.optional(),
    constituencyId: id.optional(),
    previousId: id.optional(),
    endReason: values(TermEndReason).optional(),
  })
  .refine(({ termFrom, termUntil }) => termUntil === undefined || termFrom < termUntil, {
    path: ['termUntil'],
    message: 'must be later than termFrom',
  })
  .refine(({ kind, constituencyId }) => kind !== 'CPPCC_MEMBER' || constituencyId === undefined, {
    path: ['constituencyId'],
    message: 'must not be given for a member of the CPPCC, who has no constituency',
  });

/** How a representative's term is brought in. */
export const representativeImporter: Importer = importer(representativeLine, async (ctx, lines) => {
  const rows = lines.map((line) => ({
    ...line,
    nameIndex: personalDataCipher().blindIndex(line.name),
    cadreId: line.cadreId ?? null,
    termUntil: line.termUntil ?? null,
    constituencyId: line.constituencyId ?? null,
    previousId: line.previousId ?? null,
    endReason: line.endReason ?? null,
  }));
  await importBatch(ctx, PublicRepresentative, rows, {
    fact: (row) => publicRepresentativeImported.of({ record: Object.assign(new PublicRepresentative(), row).record() }),
  });
});
