import { z } from 'zod';
import { importBatch, type Ctx } from '@frontline/platform';
import { code, id, name, outline, period, validity } from '@frontline/platform/import-fields';
import { Grid } from './grid.entity.ts';

/** A grid as another system gives it. */
export const gridLine = z.strictObject({
  id,
  code,
  layer: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a word in lower case, such as responsibility'),
  name,
  residentialAreaId: id,
  leaderCadreId: id.optional(),
  ...period,
  outline,
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
