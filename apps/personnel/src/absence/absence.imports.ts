import { defineErrors, importBatch, importer, refuseUnknown, sql, type Ctx, type Importer } from '@frontline/platform';
import { id, validity, values } from '@frontline/platform/import-fields';
import { tellingChanges } from '../cadre/cadre.imports.ts';
import { ending, refuseOverlaps } from '../effective/imported-periods.ts';
import { Absence, AbsenceKind } from './absence.entity.ts';

const absenceImportErrors = defineErrors({
  'import.substituteAway': {
    kind: 'invalid',
    en: '{field}: the cadre {substituteId} stands in from {from} while being away themselves.',
    zh: '{field}：干部 {substituteId} 自 {from} 起代理他人，但本人同时离岗。',
  },
});

const absenceLine = ending({
  id,
  cadreId: id,
  kind: values(AbsenceKind),
  substituteId: id.optional(),
}).refine(({ cadreId, substituteId }) => cadreId !== substituteId, {
  path: ['substituteId'],
  message: 'must be somebody else',
});

/** How an absence is brought in; nobody may stand in while away, whether this import says so or an earlier one. */
export const absenceImporter: Importer = importer(absenceLine, async (ctx, lines) => {
  const away = lines.map(({ cadreId }) => cadreId);
  const substitutes = lines.flatMap(({ substituteId }) => substituteId ?? []);
  await refuseUnknown(ctx, 'cadre', [...away, ...substitutes], 'absence.cadreId');
  const rows = lines.map(({ from, until, substituteId, ...line }) => ({
    ...line,
    substituteId: substituteId ?? null,
    ...validity({ from, until }),
  }));
  await tellingChanges(ctx, away, async () => {
    await importBatch(ctx, Absence, rows);
  });
  await refuseOverlaps(ctx, 'absence', away, 'absence.from');
  await refuseAwaySubstitutes(ctx, [...away, ...substitutes]);
});

async function refuseAwaySubstitutes(ctx: Ctx, cadreIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ substituteId: string; from: string }>`
    select a.substitute_id as "substituteId", greatest(a.valid_from, b.valid_from)::text as "from" from absence a
    join absence b on b.cadre_id = a.substitute_id and daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
    where a.substitute_id = any(${[...new Set(cadreIds)]}::uuid[]) limit 1`.execute(ctx.em.getKysely());
  if (rows[0]) throw absenceImportErrors('import.substituteAway', { ...rows[0] }, { field: 'absence.substituteId' });
}
