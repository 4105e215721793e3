import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { CadreOrder, CadreRank, CadreStatus } from './cadre-enums.ts';

@InputType({ description: '干部筛选 · Narrows a list of cadres; everything given must hold.' })
export class CadreFilter {
  @Field(() => [CadreRank], { nullable: true, description: '职级 · Holds one of these ranks on the day.' })
  ranks?: CadreRank[] | null;

  @Field(() => [CadreStatus], { nullable: true, description: '在职状态 · Is in one of these states on the day.' })
  statuses?: CadreStatus[] | null;

  @Field(() => ID, { nullable: true, description: '单位 · Holds a post at this organization on the day.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: '范围 · Holds a post at this organization or below it on the day.' })
  within?: string | null;

  @Field(() => Boolean, { nullable: true, description: '党员 · Is (or is not) a Party member on the day.' })
  partyMember?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: '姓名或工号 · Name is exactly this (names are sealed), or staff number starts with it.',
  })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: '离岗 · Is (or is not) away on the day.' })
  absent?: boolean | null;

  @Field(() => [String], { nullable: true, description: '工号 · Has one of these staff numbers, at most 100.' })
  staffNumbers?: string[] | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '日期 · The day for which status, rank, posts and membership are asked; today when absent.',
  })
  on?: string | null;
}

@ArgsType()
export class CadresArgs extends PageArgs {
  @Field(() => CadreFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: CadreFilter | null;

  @Field(() => CadreOrder, { defaultValue: 'STAFF_NUMBER', description: '排序 · The order of the list.' })
  order: CadreOrder = 'STAFF_NUMBER';
}

@ArgsType()
export class StaffArgs extends PageArgs {
  @Field(() => [CadreRank], { nullable: true, description: '职级 · Only these ranks.' })
  ranks?: CadreRank[] | null;

  @Field(() => LocalDate, { nullable: true, description: '日期 · Who held a post on this day; today when absent.' })
  on?: string | null;
}
