import { v5 } from 'uuid';
import { z } from 'zod';
import { importBatch, importer, type Importer } from '@frontline/platform';
import { code, id, name, period, validity } from '@frontline/platform/import-fields';
import { Patch, PatchArea } from './patch.entity.ts';

const patchLine = z.strictObject({
  id,
  subdistrictId: id,
  code,
  nameZh: name,
  nameEn: name,
  ...period,
  areas: z.array(z.strictObject({ areaId: id, ...period })).min(1),
});

/** How a patch is brought in, after the organizations, with every area that it held and when. */
export const patchImporter: Importer = importer(patchLine, async (ctx, lines) => {
  await importBatch(
    ctx,
    Patch,
    lines.map(({ from, until, areas: _, ...line }) => ({ ...line, ...validity({ from, until }) })),
  );
  await importBatch(
    ctx,
    PatchArea,
    lines.flatMap(({ id: patchId, areas }) =>
      areas.map(({ areaId, from, until }) => ({
        id: v5(`${areaId}/${from}`, patchId),
        patchId,
        areaId,
        ...validity({ from, until }),
      })),
    ),
    { ownedBy: { property: 'patchId', ids: lines.map((line) => line.id) } },
  );
});
