import { z } from 'zod';
import { importBatch, type Ctx } from '@frontline/platform';
import { code, id, name, period, validity } from '@frontline/platform/import-fields';
import { Grid } from './grid.entity.ts';
import { outlineProblem } from './outline.ts';

/** A grid as another system gives it. */
export const gridLine = z.strictObject({
  id,
  code,
  layer: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a word in lower case, such as responsibility'),
  name,
  residentialAreaId: id,
  leaderCadreId: id.optional(),
  ...period,
  outline: z.array(z.array(z.tuple([z.number(), z.number()]))).superRefine((rings, context) => {
    const problem = outlineProblem(rings);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
});

/** Brings grids in. */
export async function importGrids(ctx: Ctx, lines: z.output<typeof gridLine>[]): Promise<void> {
  const rows = lines.map(({ from, until, leaderCadreId, ...grid }) => ({
    ...grid,
    ...validity({ from, until }),
    leaderCadreId: leaderCadreId ?? null,
  }));
  await importBatch(ctx, Grid, rows);
}
