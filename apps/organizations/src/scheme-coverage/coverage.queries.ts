import {
  batched,
  byId,
  checkedId,
  connectUnder,
  manyBy,
  platformErrors,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type PageArgs,
  type Sql,
} from '@frontline/platform';
import { ContactSchemeVersion } from '../contact-scheme/contact-scheme.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import { CoverageCount, CoverageGap, SchemeCoverage } from './coverage.entity.ts';
import { coverageKept } from './coverage.projection.ts';
import type { GapReason, Side } from './coverage-spells.ts';

/** What somebody may ask of a scheme's coverage. */
export interface CoverageQuestion {
  asOf?: string | null | undefined;
  under?: string | null | undefined;
}

/**
 * A scheme's coverage on a day. `undefined` where its targets are no organizations: the households service answers for
 * paired assistance.
 */
export async function coverageOf(
  ctx: Ctx,
  schemeId: string,
  { asOf, under }: CoverageQuestion,
): Promise<SchemeCoverage | undefined> {
  const underId = under ? checkedId(under, 'under') : undefined;
  const versions = await manyBy(ctx, ContactSchemeVersion, 'schemeId', schemeId, { order: [['t.valid_from', 'desc']] });
  if (versions.every(({ targetKinds }) => targetKinds.length === 0)) return undefined;
  if (underId && !(await byId(ctx, Organization, underId)))
    throw platformErrors('aggregate.notFound', { type: 'Organization' }, { field: 'under' });
  return Object.assign(new SchemeCoverage(), { schemeId, underId, asOf: asOf ?? ctx.today() });
}

/** {@link coverageOf} a scheme by its code; `undefined` when there is none. */
export async function coverageByCode(
  ctx: Ctx,
  code: string,
  question: CoverageQuestion,
): Promise<SchemeCoverage | undefined> {
  const { rows } = await sql<{ id: string }>`select id from contact_scheme where code = ${code}`.execute(
    ctx.em.getKysely(),
  );
  return rows[0] && coverageOf(ctx, rows[0].id, question);
}

/** How many of one side are eligible and covered; both sides of all schemes asked about at once are one statement. */
export async function countOf(
  ctx: Ctx,
  { schemeId, asOf, underId }: SchemeCoverage,
  side: Side,
): Promise<CoverageCount> {
  await coverageKept(ctx);
  const counts = await batched(ctx, `coverage:${asOf}:${underId}`, schemeId, async (schemes) => {
    const { rows } = await sql<{ of: string; side: Side; eligible: number; covered: number }>`
      select t.scheme_id as of, t.side, count(distinct t.id)::int as eligible, (count(distinct t.id) filter (where t.covered))::int as covered
      from coverage_spell t ${underId ? sql`cross join lateral unnest(t.place_ids) as place(id)` : sql``}
      where t.scheme_id = any(${schemes}::uuid[]) and ${validOn('t', asOf)}
        ${underId ? sql`and place.id in (${below(underId, asOf)})` : sql``}
      group by 1, 2`.execute(ctx.em.getKysely());
    return Map.groupBy(rows, ({ of }) => of);
  });
  const { eligible = 0, covered = 0 } = counts?.find((each) => each.side === side) ?? {};
  return Object.assign(new CoverageCount(), { eligible, covered });
}

/** The gaps of one side, those that have stood longest first, as far as the caller may see them. */
export async function gapsOf(
  ctx: Ctx,
  { schemeId, asOf, underId }: SchemeCoverage,
  side: Side,
  { reasons, ...page }: PageArgs & { reasons?: readonly GapReason[] | null },
): Promise<Connection<CoverageGap>> {
  await coverageKept(ctx);
  return connectUnder(ctx, CoverageGap, schemeId, page, {
    parent: sql.ref('t.scheme_id'),
    where: [
      sql`t.side = ${side}`,
      sql`t.reasons <> '{}'`,
      validOn('t', asOf),
      standsUnder(underId, asOf),
      reasons ? sql`t.reasons && ${[...reasons]}::text[]` : undefined,
    ],
    order: [['t.valid_from', 'asc']],
  });
}

/** Since when the figures stand: nothing they rest on has changed after it. `undefined` when nothing was ever counted. */
export async function countedAt(ctx: Ctx): Promise<Date | undefined> {
  await coverageKept(ctx);
  return batched(ctx, 'coverage:counted', 'at', async () => {
    const { rows } = await sql<{ at: Date }>`select at from coverage_counted`.execute(ctx.em.getKysely());
    return new Map(rows.map(({ at }) => ['at', new Date(at)]));
  });
}

/** What stands in an organization or below it on a day, in either tree: an index range, however deep. */
const below = (organizationId: string, day: string): Sql =>
  sql`select op.descendant_id from organization_path op where op.ancestor_id = ${organizationId} and ${validOn('op', day)}`;

/** Gaps of alias `t` that stand there. The list of places is made once; asked row by row it cost a hundredfold. */
function standsUnder(underId: string | undefined, day: string): Sql | undefined {
  if (!underId) return undefined;
  return sql`t.id in (select s.id from coverage_spell s cross join lateral unnest(s.place_ids) as place(id)
    where s.reasons <> '{}' and ${validOn('s', day)} and place.id in (${below(underId, day)}))`;
}
