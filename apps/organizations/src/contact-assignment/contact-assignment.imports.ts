import { z } from 'zod';
import { contactAssignmentImported } from '@frontline/events';
import { importBatch, importer, type Importer } from '@frontline/platform';
import { id, period, validity, values } from '@frontline/platform/import-fields';
import { ContactorKind } from '../contact-scheme/contact-scheme.entity.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

const assignmentLine = z.strictObject({
  id,
  scheme: z.string(),
  contactorKind: values(ContactorKind),
  contactorIds: z.array(id).min(1),
  targetId: id,
  liaisonIds: z.array(id).default([]),
  ...period,
  reason: z.string(),
});

/** How a contact assignment is brought in. */
export const contactAssignmentImporter: Importer = importer(assignmentLine, async (ctx, lines) => {
  const rows = lines.map(({ contactorIds: [contactorId, ...coContactorIds], from, until, ...line }) => ({
    ...line,
    contactorId: contactorId as string,
    coContactorIds,
    ...validity({ from, until }),
  }));
  await importBatch(ctx, ContactAssignment, rows, {
    fact: (row) => contactAssignmentImported.of({ record: Object.assign(new ContactAssignment(), row).record() }),
  });
});
