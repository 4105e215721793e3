import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  connectUnder,
  LocalDate,
  PageArgs,
  sql,
  withinPlaces,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import { CaseChannel, CaseKind, CaseOrder, CaseState } from './case-enums.ts';
import { finalStates } from './case-lifecycle.ts';
import { Case } from './case.entity.ts';

@InputType({ description: '案件筛选 · Narrows a list of cases; everything given must hold.' })
export class CaseFilter {
  @Field(() => [CaseState], { nullable: true, description: '状态 · In one of these states.' })
  states?: CaseState[] | null;

  @Field(() => [CaseKind], { nullable: true, description: '类型 · One of these kinds.' })
  kinds?: CaseKind[] | null;

  @Field(() => [CaseChannel], { nullable: true, description: '渠道 · By one of these channels.' })
  channels?: CaseChannel[] | null;

  @Field(() => [String], { nullable: true, description: '类别代码 · In one of these categories.' })
  categoryCodes?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: '未结 · Whether somebody must still do something.' })
  open?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: '逾期 · Whether the promise was or is broken.' })
  overdue?: boolean | null;

  @Field(() => ID, { nullable: true, description: '承办单位 · Led by this organization.' })
  leadOrganizationId?: string | null;

  @Field(() => ID, { nullable: true, description: '所在地范围 · Concerns this organization or something below it.' })
  within?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '从 · Registered on this day or later.' })
  registeredFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '至 · Registered on this day or earlier.' })
  registeredTo?: string | null;
}

@ArgsType()
export class CasesArgs extends PageArgs {
  @Field(() => CaseFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: CaseFilter | null;

  @Field(() => CaseOrder, { defaultValue: 'LATEST', description: '排序 · The order of the list.' })
  order: CaseOrder = 'LATEST';
}

const orders: Record<CaseOrder, Order> = { LATEST: [['t.registered_at', 'desc']], DUE: [['t.promise_due_at', 'asc']] };
const isOpen = sql`t.state <> all(${[...finalStates]}::text[])`;
const dayStart = (day: string, plus = 0): Sql =>
  sql`((${day}::date + ${plus}::int)::timestamp at time zone 'Asia/Shanghai')`;

function conditions(filter: CaseFilter, now: Date): (Sql | undefined)[] {
  const late = sql`coalesce(t.answered_at, t.closed_at, ${now.toISOString()}::timestamptz) > t.promise_due_at`;
  return [
    filter.states ? sql`t.state = any(${[...filter.states]}::text[])` : undefined,
    filter.kinds ? sql`t.kind = any(${[...filter.kinds]}::text[])` : undefined,
    filter.channels ? sql`t.channel = any(${[...filter.channels]}::text[])` : undefined,
    filter.categoryCodes ? sql`t.category_code = any(${[...filter.categoryCodes]}::text[])` : undefined,
    typeof filter.open === 'boolean' ? (filter.open ? isOpen : sql`not ${isOpen}`) : undefined,
    typeof filter.overdue === 'boolean' ? (filter.overdue ? late : sql`not (${late})`) : undefined,
    filter.leadOrganizationId
      ? sql`t.lead_organization_id = ${checkedId(filter.leadOrganizationId, 'filter.leadOrganizationId')}`
      : undefined,
    filter.within
      ? (withinPlaces(organizationRecord, sql.ref('t.area_id'), [checkedId(filter.within, 'filter.within')]) as Sql)
      : undefined,
    filter.registeredFrom ? sql`t.registered_at >= ${dayStart(filter.registeredFrom)}` : undefined,
    filter.registeredTo ? sql`t.registered_at < ${dayStart(filter.registeredTo, 1)}` : undefined,
  ];
}

/** Cases by filter and order. */
export function cases(ctx: Ctx, { filter, order, ...page }: CasesArgs): Promise<Connection<Case>> {
  return connect(ctx, Case, page, { where: conditions(filter ?? {}, ctx.now()), order: orders[order] });
}

/** One case by its number. */
export async function caseByNumber(ctx: Ctx, number: string): Promise<Case | undefined> {
  return (await connect(ctx, Case, { first: 1 }, { where: [sql`t.number = ${number}`] })).nodes[0];
}

const parents = {
  lead: 't.lead_organization_id',
  area: 'op.ancestor_id',
  household: 't.household_id',
  holder: 't.holder_cadre_id',
} as const;

/** Cases under an organization's area, a household, or with a cadre; loaded for all parents of a level at once. */
export function casesUnder(
  ctx: Ctx,
  parent: keyof typeof parents,
  id: string,
  { filter, order, ...page }: CasesArgs,
): Promise<Connection<Case>> {
  const join = sql`join lateral (select jsonb_array_elements_text(c.data -> 'path')::uuid as ancestor_id from local_copy c where c.aggregate_type = ${organizationRecord.aggregate} and c.id = t.area_id) op on true`;
  return connectUnder(ctx, Case, id, page, {
    parent: sql.ref(parents[parent]),
    ...(parent === 'area' && { join }),
    where: conditions(filter ?? {}, ctx.now()),
    order: orders[order],
  });
}
