import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';
import { Disposition } from './demand-enums.ts';

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
}

@ArgsType()
export class HomeVisitsArgs extends PageArgs {
  @Field(() => HomeVisitFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: HomeVisitFilter | null;

  @Field(() => HomeVisitOrder, { defaultValue: 'NEWEST', description: '排序 · Order of the list.' })
  order: HomeVisitOrder = 'NEWEST';
}
