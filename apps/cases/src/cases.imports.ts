import { v5 } from 'uuid';
import { z } from 'zod';
import { caseCategoryImported, caseImported } from '@frontline/events';
import { importBatch, importer, sql, type Ctx, type Importer } from '@frontline/platform';
import { id, instant, values } from '@frontline/platform/import-fields';
import { CaseChannel, CaseKind, CaseState, SourceKind } from './case/case-enums.ts';
import { Case, CaseMove } from './case/case.entity.ts';
import { CaseCategory } from './category/case-category.entity.ts';

const caseLine = z.strictObject({
  id,
  number: z.string().min(1).max(40),
  title: z.string().min(1).max(200),
  categoryCode: z.string(),
  kind: values(CaseKind),
  channel: values(CaseChannel),
  demandId: id.optional(),
  source: z.strictObject({ kind: values(SourceKind), id }).optional(),
  areaId: id,
  householdId: id.optional(),
  leadOrganizationId: id.optional(),
  holderCadreId: id.optional(),
  state: values(CaseState),
  registeredAt: instant,
  promiseDueAt: instant,
  hopDueAt: instant.optional(),
  moves: z.array(
    z.strictObject({
      state: values(CaseState),
      at: instant,
      byCadreId: id.optional(),
      organizationId: id.optional(),
      note: z.string().optional(),
    }),
  ),
  closedAt: instant.optional(),
  closingCode: z.string().optional(),
});

/** Numbers that came with imported cases are taken: the year's counter goes on behind the largest. */
async function raiseNumbers(ctx: Ctx): Promise<void> {
  await sql`
    insert into case_number (year, last)
    select split_part(number, '-', 1)::int, max(split_part(number, '-', 2)::int) from case_file where number ~ '^\\d{4}-\\d{1,9}$' group by 1
    on conflict (year) do update set last = greatest(case_number.last, excluded.last)`.execute(ctx.em.getKysely());
}

/** What `import` reads, by the type of a line. An imported case claims its demand: a later event about it changes nothing. */
export const casesImports: Readonly<Record<string, Importer>> = {
  caseCategory: importer(
    z.strictObject({ id, code: z.string(), parentCode: z.string().optional(), nameZh: z.string(), nameEn: z.string() }),
    async (ctx, lines) => {
      await importBatch(
        ctx,
        CaseCategory,
        lines.map((line) => ({ ...line, parentCode: line.parentCode ?? null })),
        { fact: (row) => caseCategoryImported.of({ record: Object.assign(new CaseCategory(), row).record() }) },
      );
    },
  ),
  case: importer(caseLine, async (ctx, lines) => {
    await importBatch(
      ctx,
      CaseMove,
      lines.flatMap((line) =>
        line.moves.map((move, at) => ({
          id: v5(`move:${at}`, line.id),
          caseId: line.id,
          state: move.state,
          at: move.at,
          byCadreId: move.byCadreId ?? null,
          organizationId: move.organizationId ?? null,
          note: move.note ?? null,
        })),
      ),
    );
    const rows = lines.map(
      ({
        moves,
        source,
        demandId,
        householdId,
        leadOrganizationId,
        holderCadreId,
        hopDueAt,
        closedAt,
        closingCode,
        ...line
      }) => ({
        ...line,
        demandId: demandId ?? null,
        sourceKind: source?.kind ?? null,
        sourceId: source?.id ?? null,
        householdId: householdId ?? null,
        leadOrganizationId: leadOrganizationId ?? null,
        holderCadreId: holderCadreId ?? null,
        hopDueAt: hopDueAt ?? null,
        answeredAt: moves.find((move) => move.state === 'ANSWERED')?.at ?? null,
        closedAt: closedAt ?? null,
        closingCode: closingCode ?? null,
      }),
    );
    await importBatch(ctx, Case, rows, {
      fact: (row) => caseImported.of({ record: Object.assign(new Case(), row).record() }),
    });
    await raiseNumbers(ctx);
  }),
};
