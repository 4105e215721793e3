import { ArgsType, Field, ID, InputType } from 'type-graphql';
import {
  checkedId,
  connect,
  connectUnder,
  LocalDate,
  PageArgs,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import type { DutyState } from './duty-state.ts';
import { Duty, DutyStateEnum, OwedUnder } from './duty.entity.ts';

@InputType({ description: '任务筛选 · Narrows a list of duties; everything given must hold.' })
export class DutyFilter {
  @Field(() => String, { nullable: true, description: '联系制度 · Code of the scheme.' })
  scheme?: string | null;

  @Field(() => [OwedUnder], { nullable: true, description: '来源 · Owed under one of these.' })
  owedUnder?: OwedUnder[] | null;

  @Field(() => LocalDate, { nullable: true, description: '从 · Window begins on this day or later.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '至 · Window begins on this day or earlier.' })
  to?: string | null;

  @Field(() => [DutyStateEnum], { nullable: true, description: '状态 · In one of these states today.' })
  states?: DutyState[] | null;

  @Field(() => ID, {
    nullable: true,
    description: '联系主体 · Owed by this cadre or organization, or by this cadre as a substitute.',
  })
  contactorId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · Towards this organization, something below it, or a household there.',
  })
  targetWithin?: string | null;
}

@ArgsType()
export class DutiesArgs extends PageArgs {
  @Field(() => DutyFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: DutyFilter | null;
}

/** The states of `duty-state.ts` as SQL over a duty under alias `t`; a test holds both together. */
export function stateOf(today: string): Sql {
  return sql`(case
    when t.fulfilled_on > t.window_end then 'LATE' when t.fulfilled_on is not null and t.substituted then 'SUBSTITUTED'
    when t.fulfilled_on is not null then 'FULFILLED'
    when t.excuse is not null then 'EXCUSED' when ${today}::date > t.window_end then 'MISSED'
    when ${today}::date < t.window_start then 'UPCOMING' else 'DUE' end)`;
}

const owedBy = (contactorId: string): Sql => sql`(t.contactor_id = ${contactorId} or t.substitute_id = ${contactorId})`;

function conditions(filter: DutyFilter, today: string): (Sql | undefined)[] {
  return [
    filter.scheme ? sql`t.scheme = ${filter.scheme}` : undefined,
    filter.owedUnder ? sql`t.owed_under = any(${[...filter.owedUnder]}::text[])` : undefined,
    filter.from ? sql`t.window_start >= ${filter.from}::date` : undefined,
    filter.to ? sql`t.window_start <= ${filter.to}::date` : undefined,
    filter.states ? sql`${stateOf(today)} = any(${[...filter.states]}::text[])` : undefined,
    filter.contactorId ? owedBy(checkedId(filter.contactorId, 'filter.contactorId')) : undefined,
    filter.targetWithin
      ? sql`exists (select 1 from organization_path op where op.descendant_id = t.place_id and op.ancestor_id = ${checkedId(filter.targetWithin, 'filter.targetWithin')} and ${validOn('op', today)})`
      : undefined,
  ];
}

const order = [['t.window_start', 'asc']] as const;

/** Duties by filter, earliest window first. */
export function duties(ctx: Ctx, { filter, ...page }: DutiesArgs): Promise<Connection<Duty>> {
  return connect(ctx, Duty, page, { where: conditions(filter ?? {}, ctx.today()), order });
}

/** Duties of one assignment, or owed by one cadre or organization. */
export function dutiesUnder(
  ctx: Ctx,
  parent: 'assignment' | 'contactor',
  id: string,
  { filter, ...page }: DutiesArgs,
): Promise<Connection<Duty>> {
  return connectUnder(ctx, Duty, id, page, {
    parent: sql.ref(parent === 'assignment' ? 't.assignment_id' : 't.contactor_id'),
    where: conditions(filter ?? {}, ctx.today()),
    order,
  });
}
