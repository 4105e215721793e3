import { z } from 'zod';
import { defineErrors, sql, type Ctx } from '@frontline/platform';
import { day } from '@frontline/platform/import-fields';
import { firstOverlap } from './timeline.ts';

const periodErrors = defineErrors({
  'import.overlap': {
    kind: 'invalid',
    en: '{field}: periods of the cadre {cadreId} overlap; one begins on {from} while another one holds.',
    zh: '{field}：干部 {cadreId} 的期间重叠，其中一段始于 {from}。',
  },
});

interface Days {
  from: string;
  until?: string | undefined;
}

const inOrder = ({ from, until }: Days): boolean => until === undefined || from < until;
const wrongOrder = { path: ['until'], message: 'must be later than from' };

/** A line, or an entry of a line, that holds for a time: from a day, and until a later one if its end is known. */
export function lasting<S extends z.ZodRawShape>(shape: S) {
  return z
    .strictObject({ ...shape, from: day, until: day.optional() })
    .refine((line) => inOrder(line as Days), wrongOrder);
}

/** A line that holds from a day until a later one. */
export function ending<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject({ ...shape, from: day, until: day }).refine((line) => inOrder(line as Days), wrongOrder);
}

/** Entries of one line of which one at most holds on any day. */
export function oneAtATime<S extends z.ZodType<Days>>(entry: S) {
  return z.array(entry).superRefine((entries, check) => {
    const overlapping = firstOverlap(entries as Days[]);
    if (overlapping)
      check.addIssue({
        code: 'custom',
        message: `must not overlap; one begins on ${overlapping.from} while another holds`,
      });
  });
}

/** Refuses an import after which periods of one of these cadres overlap in a table; asked in its open transaction. */
export async function refuseOverlaps(
  ctx: Ctx,
  table: string,
  cadreIds: readonly string[],
  field: string,
): Promise<void> {
  const { rows } = await sql<{ cadreId: string; from: string }>`
    select b.cadre_id as "cadreId", b.valid_from::text as "from" from ${sql.table(table)} a
    join ${sql.table(table)} b on b.cadre_id = a.cadre_id and b.id <> a.id and a.valid_from <= b.valid_from
      and daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
    where a.cadre_id = any(${[...cadreIds]}::uuid[]) order by b.cadre_id, b.valid_from limit 1`.execute(
    ctx.em.getKysely(),
  );
  const [first] = rows;
  if (first) throw periodErrors('import.overlap', { ...first }, { field });
}
