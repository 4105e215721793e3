import { caseCategoryRecord } from '@frontline/events';
import { batched, sql, type Ctx } from '@frontline/platform';

/**
 * Whether a code is a category of cases, by our copy of their catalogue. While none is known (cases was never reached, or has
 * none) every code may be one: what was heard is not lost for that.
 */
export async function isCategory(ctx: Ctx, code: string): Promise<boolean> {
  const found = await batched(ctx, 'isCategory', code, async (codes) => {
    const { rows } = await sql<{ code: string; known: boolean }>`
      with category as (
        select c.data ->> 'code' as code from local_copy c where c.aggregate_type = ${caseCategoryRecord.aggregate})
      select given.code, given.code in (select category.code from category) or not exists (select from category) as known
      from unnest(${codes}::text[]) as given(code)`.execute(ctx.em.getKysely());
    return new Map(rows.map(({ code: asked, known }) => [asked, known]));
  });
  return found ?? false;
}
