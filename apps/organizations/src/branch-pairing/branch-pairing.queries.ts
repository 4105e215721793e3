import {
  batched,
  checkedId,
  connect,
  connectUnder,
  copyOf,
  platformErrors,
  sql,
  validOn,
  type Connection,
  type Ctx,
} from '@frontline/platform';
import { addDays } from '@frontline/calendar';
import { cadreRecord } from '@frontline/events';
import { placesFor } from '@frontline/access';
import { below } from '../activity/activity.queries.ts';
import { BranchPairing } from './branch-pairing.entity.ts';
import { pairingErrors } from './branch-pairing.errors.ts';
import type { PairingGapsArgs, PairingsArgs } from './branch-pairing.inputs.ts';
import { PLAN_FROM_DAYS, speaksFor, type Above, type Side, type Speaker } from './pairing-rules.ts';

/** Years that can be asked about. */
const [FIRST_YEAR, LAST_YEAR] = [1978, 2200];

const order = [['t.valid_from', 'asc']] as const;

/** Pairings that hold on a day, earliest first. */
export function pairings(ctx: Ctx, { on, ...page }: PairingsArgs): Promise<Connection<BranchPairing>> {
  return connect(ctx, BranchPairing, page, { where: [validOn('t', on ?? ctx.today())], order });
}

/** Pairings of a branch, whichever of the two it is, that hold on a day. */
export function pairingsOf(
  ctx: Ctx,
  branchId: string,
  { on, ...page }: PairingsArgs,
): Promise<Connection<BranchPairing>> {
  return connectUnder(ctx, BranchPairing, branchId, page, {
    join: sql`cross join lateral (values (t.branch_id), (t.partner_id)) side(id)`,
    parent: sql.ref('side.id'),
    where: [validOn('t', on ?? ctx.today())],
    order,
  });
}

/** Pairings that owe a plan for a year (`owesPlan`) and have none, or whose plan both branches have not concluded. */
export function pairingGaps(
  ctx: Ctx,
  { year, lacking, within, ...page }: PairingGapsArgs,
): Promise<Connection<BranchPairing>> {
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`];
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw platformErrors(
      'input.invalid',
      { rule: `must be between ${FIRST_YEAR} and ${LAST_YEAR}` },
      { field: 'year' },
    );
  const today = ctx.today();
  const done =
    lacking === 'PLAN'
      ? sql`true`
      : sql`p.concluded_by_branch_on is not null and p.concluded_by_partner_on is not null`;
  return connect(ctx, BranchPairing, page, {
    where: [
      sql`greatest(t.valid_from, ${first}::date) + ${PLAN_FROM_DAYS}::int <= least(t.valid_to, ${next}::date)`,
      sql`not exists (select 1 from pairing_plan p where p.pairing_id = t.id and p.year = ${year} and ${done})`,
      within
        ? sql`(${below('t.branch_id', checkedId(within, 'within'), 'within', today)} or ${below('t.partner_id', within, 'within', today)})`
        : undefined,
    ],
    order,
  });
}

/**
 * The side of a pairing for which the caller acts: the one named, or the only one they speak for. Refuses who speaks for
 * neither, or not for the one that was named. Of a branch that has ended, who spoke for it on its last day.
 */
export async function actingSide(ctx: Ctx, pairing: BranchPairing, named: Side | null | undefined): Promise<Side> {
  const { branchId, partnerId } = pairing;
  const ids: readonly (readonly [Side, string])[] = [
    ['BRANCH', branchId],
    ['PARTNER', partnerId],
  ];
  const today = ctx.today();
  const day = pairing.validTo && pairing.validTo <= today ? addDays(pairing.validTo, -1) : today;
  const speaker = ctx.actor.kind === 'system' ? undefined : await speakerOn(ctx, day);
  const above = await Promise.all(ids.map(async ([side, id]) => [side, await aboveOf(ctx, id, day)] as const));
  const may = above.filter(([, held]) => !speaker || speaksFor(speaker, held)).map(([side]) => side);
  const chosen = may.find((side) => side === named) ?? (named ? undefined : may[0]);
  if (!chosen) throw pairingErrors('branchPairing.notYours', {}, { field: 'input.side' });
  if (!named && may.length > 1) throw pairingErrors('branchPairing.side', {}, { field: 'input.side' });
  return chosen;
}

async function speakerOn(ctx: Ctx, day: string): Promise<Speaker> {
  const places = placesFor(ctx.actor, ['DEPARTMENT', 'SUBDISTRICT', 'GRID_WORKER']);
  const cadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  const posts = (await copyOf(ctx, cadreRecord, cadreId))?.posts ?? [];
  const held = posts.filter(({ from, until }) => from <= day && (until === undefined || day < until));
  return { places: places === 'ALL' ? [] : places, postIds: held.map(({ organizationId }) => organizationId) };
}

async function aboveOf(ctx: Ctx, branchId: string, day: string): Promise<readonly Above[]> {
  const found = await batched(ctx, `above:${day}`, branchId, async (ids) => {
    const { rows } = await sql<Above & { branch: string }>`
      select op.descendant_id as branch, op.ancestor_id as id, op.depth from organization_path op
      where op.descendant_id = any(${ids}::uuid[]) and ${validOn('op', day)}`.execute(ctx.em.getKysely());
    return Map.groupBy(rows, ({ branch }) => branch);
  });
  return found ?? [];
}
