import { sql } from 'kysely';
import { z } from 'zod';
import { day, id } from './import-fields.ts';
import { importer, type Importer } from './manifest.ts';

const datasetLine = z.strictObject({
  id,
  name: z.string().trim().min(1).max(100),
  demo: z.boolean(),
  asOf: day,
  scale: z.number().positive(),
  fingerprint: z.string().min(1).max(200),
  whole: z.boolean(),
});

/**
 * The lines that say what a file's data are: the first one with `whole: false`, the last one with `whole: true`. Each
 * batch is a transaction of its own, so what a service has between the two is an import that was interrupted. `demo`
 * says that persons are invented; screens show it.
 */
export const dataset: Importer = importer(datasetLine, async (ctx, lines) => {
  for (const { id: _id, demo, ...what } of lines) {
    await sql`
      insert into platform_setting (key, value)
      values ('demo', ${JSON.stringify(demo)}::jsonb), ('dataset', ${JSON.stringify(what)}::jsonb)
      on conflict (key) do update set value = excluded.value`.execute(ctx.em.getKysely());
  }
});
