import { organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  connectUnder,
  manyBy,
  personalDataCipher,
  platformErrors,
  sql,
  validOn,
  withinPlaces,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import type { CadreOrder, CadreRank, CadreStatus } from './cadre-enums.ts';
import { Cadre, Membership, Post, RankPeriod, StatusPeriod } from './cadre.entity.ts';
import type { CadreFilter, CadresArgs, StaffArgs } from './cadre.inputs.ts';

/** Most staff numbers that one question may name. */
const MAX_PAGE = 100;

const orders: Record<CadreOrder, Order> = {
  STAFF_NUMBER: [['t.staff_number', 'asc']],
  NEWEST: [
    ['t.recruited_on', 'desc'],
    ['t.staff_number', 'asc'],
  ],
  NAME: [['t.staff_number', 'asc']],
};

/** Cadres whose rank on a day is one of these. */
export function holdsRank(ranks: readonly CadreRank[], day: string): Sql {
  return sql`exists (select 1 from rank_period r where r.cadre_id = t.id and r.rank = any(${[...ranks]}::text[]) and ${validOn('r', day)})`;
}

/** Cadres whose status on a day is one of these. */
export function hasStatus(statuses: readonly CadreStatus[], day: string): Sql {
  return sql`exists (select 1 from status_period s where s.cadre_id = t.id and s.status = any(${[...statuses]}::text[]) and ${validOn('s', day)})`;
}

/** Cadres who are away on a day. */
function isAway(day: string): Sql {
  return sql`exists (select 1 from absence b where b.cadre_id = t.id and ${validOn('b', day)})`;
}

/** As many as a page holds; more is refused. */
function someOf(staffNumbers: readonly string[]): string[] {
  if (staffNumbers.length <= MAX_PAGE) return [...staffNumbers];
  const rule = `must name at most ${MAX_PAGE}`;
  throw platformErrors('input.invalid', { rule }, { field: 'filter.staffNumbers' });
}

/** Cadres with a post that satisfies a condition over alias `p` on a day. */
export function holdsPost(where: Sql, day: string): Sql {
  // an array, not a join: so the planner goes by the index of the posts, then by the ids, and reads no other cadre
  return sql`t.id = any(array(select p.cadre_id from post p where ${where} and ${validOn('p', day)}))`;
}

/** Cadres who are Party members on a day. */
export function isPartyMember(day: string): Sql {
  return sql`exists (select 1 from membership m where m.cadre_id = t.id and m.kind = 'PARTY' and ${validOn('m', day)})`;
}

function conditions(filter: CadreFilter, today: string): (Sql | undefined)[] {
  const day = filter.on ?? today;
  const within = filter.within
    ? withinPlaces(organizationRecord, sql.ref('p.organization_id'), [checkedId(filter.within, 'filter.within')])
    : undefined;
  return [
    filter.ranks ? holdsRank(filter.ranks, day) : undefined,
    filter.statuses ? hasStatus(filter.statuses, day) : undefined,
    filter.organizationId
      ? holdsPost(sql`p.organization_id = ${checkedId(filter.organizationId, 'filter.organizationId')}`, day)
      : undefined,
    within ? holdsPost(within as Sql, day) : undefined,
    typeof filter.partyMember === 'boolean'
      ? filter.partyMember
        ? isPartyMember(day)
        : sql`not ${isPartyMember(day)}`
      : undefined,
    filter.search
      ? sql`(t.name_index = ${personalDataCipher().blindIndex(filter.search)} or starts_with(t.staff_number, ${filter.search}))`
      : undefined,
    typeof filter.absent === 'boolean' ? (filter.absent ? isAway(day) : sql`not ${isAway(day)}`) : undefined,
    filter.staffNumbers ? sql`t.staff_number = any(${someOf(filter.staffNumbers)}::text[])` : undefined,
  ];
}

/** Cadres by filter and order. */
export function cadres(ctx: Ctx, args: CadresArgs): Promise<Connection<Cadre>> {
  return connect(ctx, Cadre, args, { where: conditions(args.filter ?? {}, ctx.today()), order: orders[args.order] });
}

/** Those with a post at an organization on a day. */
export function staffOf(ctx: Ctx, organizationId: string, args: StaffArgs): Promise<Connection<Cadre>> {
  const day = args.on ?? ctx.today();
  return connectUnder(ctx, Cadre, organizationId, args, {
    join: sql`join (select distinct post.cadre_id, post.organization_id from post where ${validOn('post', day)}) p on p.cadre_id = t.id`,
    parent: sql.ref('p.organization_id'),
    where: [args.ranks ? holdsRank(args.ranks, day) : undefined],
    order: orders.STAFF_NUMBER,
  });
}

/** Ranks of a cadre, latest first. */
export const ranksOf = (ctx: Ctx, cadreId: string): Promise<RankPeriod[]> =>
  manyBy(ctx, RankPeriod, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });

/** Posts of a cadre, latest first. */
export const postsOf = (ctx: Ctx, cadreId: string): Promise<Post[]> =>
  manyBy(ctx, Post, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });

/** Memberships of a cadre, latest first. */
export const membershipsOf = (ctx: Ctx, cadreId: string): Promise<Membership[]> =>
  manyBy(ctx, Membership, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });

/** Statuses of a cadre, latest first, with those that lie ahead. */
export const statusesOf = (ctx: Ctx, cadreId: string): Promise<StatusPeriod[]> =>
  manyBy(ctx, StatusPeriod, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });

/** The status of a day; that of the first day for a day before it. */
export async function statusOn(ctx: Ctx, cadreId: string, day: string): Promise<StatusPeriod | undefined> {
  const periods = await statusesOf(ctx, cadreId);
  return periods.find((period) => period.holdsOn(day)) ?? periods.at(-1);
}
