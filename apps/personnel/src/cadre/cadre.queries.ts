import { organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  connectUnder,
  manyBy,
  sql,
  validOn,
  withinPlaces,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import type { CadreOrder, CadreRank } from './cadre-enums.ts';
import { Cadre, Liaison, Membership, Post, RankPeriod } from './cadre.entity.ts';
import type { CadreFilter, CadresArgs, StaffArgs } from './cadre.inputs.ts';

const orders: Record<CadreOrder, Order> = {
  STAFF_NUMBER: [['t.staff_number', 'asc']],
  NAME: [
    ['t.name', 'asc'],
    ['t.staff_number', 'asc'],
  ],
};

/** Cadres whose rank on a day is one of these. */
export function holdsRank(ranks: readonly CadreRank[], day: string): Sql {
  return sql`exists (select 1 from rank_period r where r.cadre_id = t.id and r.rank = any(${[...ranks]}::text[]) and ${validOn('r', day)})`;
}

/** Cadres with a post that satisfies a condition over alias `p` on a day. */
function holdsPost(where: Sql, day: string): Sql {
  return sql`exists (select 1 from post p where p.cadre_id = t.id and ${where} and ${validOn('p', day)})`;
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
    filter.statuses ? sql`t.status = any(${[...filter.statuses]}::text[])` : undefined,
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
      ? sql`(strpos(t.name, ${filter.search}) > 0 or starts_with(t.staff_number, ${filter.search}))`
      : undefined,
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

/** Liaisons of a cadre on a day. */
export const liaisonsOf = (ctx: Ctx, cadreId: string, day: string): Promise<Liaison[]> =>
  manyBy(ctx, Liaison, 'cadreId', cadreId, { where: [validOn('t', day)], order: [['t.valid_from', 'asc']] });

/** Memberships of a cadre, latest first. */
export const membershipsOf = (ctx: Ctx, cadreId: string): Promise<Membership[]> =>
  manyBy(ctx, Membership, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });
