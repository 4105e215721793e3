import { z } from 'zod';
import { outlineProblem } from './outline.ts';
import { isDay, isInstant } from './scalars.ts';

/** An id of this graph. */
export const id = z.uuid();

/** A calendar day. */
export const day = z.string().refine(isDay, 'must be a day that exists, written YYYY-MM-DD');

/** An instant with its offset. */
export const instant = z
  .string()
  .refine(isInstant, 'must be a time with its offset, such as 2018-08-17T09:30:00+08:00')
  .transform((text) => new Date(text));

/** A code as people write it: no spaces around, not endless. */
export const code = z.string().trim().min(1).max(60);

/** A name for screens. */
export const name = z.string().trim().min(1).max(200);

/** The polygon of a place, as rings of [longitude, latitude]; see {@link outlineProblem}. */
export const outline = z.array(z.array(z.tuple([z.number(), z.number()]))).superRefine((rings, context) => {
  const problem = outlineProblem(rings);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** From a day until a day (the first on which it no longer holds). */
export const period = { from: day, until: day.optional() };

/** The values of a domain enum. */
export const values = <V extends Record<string, string>>(object: V) =>
  z.enum(Object.keys(object) as [keyof V & string]);

/** A line's period as the columns of an effective row. */
export function validity({ from, until }: { from: string; until?: string | undefined }): {
  validFrom: string;
  validTo: string | null;
} {
  return { validFrom: from, validTo: until ?? null };
}
