import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, Instant, LocalDate, PageArgs } from '@frontline/platform';
import { CaseKind, Disposition } from './demand-enums.ts';

/** The order of a list of home visits. */
export const HomeVisitOrder = domainEnum('HomeVisitOrder', '走访排序', 'How a list of home visits is ordered.', {
  NEWEST: { zh: '最近在前', en: 'Latest first' },
  OLDEST: { zh: '最早在前', en: 'Earliest first' },
});
export type HomeVisitOrder = keyof typeof HomeVisitOrder;

@InputType({ description: '走访筛选 · Narrows a list of home visits; everything given must hold.' })
export class HomeVisitFilter {
  @Field(() => LocalDate, { nullable: true, description: '起始日 · On this day or later.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '截止日 · On this day or earlier.' })
  to?: string | null;

  @Field(() => Boolean, { nullable: true, description: '是否看望 · Only care visits (true), or only others (false).' })
  care?: boolean | null;

  @Field(() => ID, { nullable: true, description: '家庭 · To this household.' })
  householdId?: string | null;

  @Field(() => ID, { nullable: true, description: '团队 · By this service team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: '干部 · By this cadre.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '居民区 · In this residential area.' })
  residentialAreaId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '辖区 · Anywhere in this organization’s area, such as a subdistrict.',
  })
  within?: string | null;

  @Field(() => [Disposition], {
    nullable: true,
    description: '处置 · With a demand that was disposed of in one of these ways.',
  })
  dispositions?: Disposition[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '已撤销 · True: only visits that were withdrawn; otherwise only those that stand.',
  })
  withdrawn?: boolean | null;
}

@ArgsType()
export class HomeVisitsArgs extends PageArgs {
  @Field(() => HomeVisitFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: HomeVisitFilter | null;

  @Field(() => HomeVisitOrder, { defaultValue: 'NEWEST', description: '排序 · Order of the list.' })
  order: HomeVisitOrder = 'NEWEST';
}

@InputType({ description: '走访诉求 · One thing that was said at a door, and what becomes of it.' })
export class HomeVisitDemandInput {
  @Field({ description: '内容 · What was said, 1 to 2000 characters.' })
  text!: string;

  @Field(() => Disposition, { description: '处置 · What becomes of it; exactly one.' })
  disposition!: Disposition;

  @Field({ description: '类别代码 · Code of its category.' })
  categoryCode!: string;

  @Field(() => CaseKind, {
    nullable: true,
    description: '案件类型 · Required when the disposition is CASE, and only then.',
  })
  caseKind?: CaseKind | null;

  @Field(() => ID, {
    nullable: true,
    description: '区域 · The organization where it is to be done; the household’s residential area when absent.',
  })
  areaId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '结果 · How it was settled (required when SETTLED_ON_SPOT), or the receipt of whoever it was passed to (required when TRANSFERRED_OUT).',
  })
  outcome?: string | null;
}

@InputType({ description: '记录上门走访 · What took place at a door. Who you are the server knows.' })
export class RecordHomeVisitInput {
  @Field({
    description: '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same visit.',
  })
  idempotencyKey!: string;

  @Field(() => Instant, { description: '走访时间 · When it began; not in the future.' })
  heldAt!: Date;

  @Field(() => ID, { description: '家庭 · The household that was visited.' })
  householdId!: string;

  @Field(() => ID, { nullable: true, description: '服务团队 · The team that went, if one did.' })
  teamId?: string | null;

  @Field(() => [ID], { nullable: true, description: '同行干部 · Cadres who went besides you.' })
  withCadreIds?: string[] | null;

  @Field({ description: '走访情况 · What was found, 1 to 4000 characters.' })
  findings!: string;

  @Field({ defaultValue: false, description: '是否看望 · Whether it was a care visit to an assisted household.' })
  care!: boolean;

  @Field(() => [HomeVisitDemandInput], {
    defaultValue: [],
    description: '诉求 · What was asked for or said, each with its disposition; at most 20.',
  })
  demands!: HomeVisitDemandInput[];
}
