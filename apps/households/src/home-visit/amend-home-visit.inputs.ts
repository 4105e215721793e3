import { Field, ID, InputType, Int } from 'type-graphql';
import { Instant } from '@frontline/platform';
import { CaseKind, Disposition } from './demand-enums.ts';
import { HomeVisitDemandInput } from './home-visit.inputs.ts';

@InputType({ description: '更正走访诉求 · What of a demand was wrong; what is absent stays.' })
export class ChangeHomeVisitDemandInput {
  @Field(() => ID, { description: '诉求 · Which demand.' })
  demandId!: string;

  @Field(() => String, { nullable: true, description: '内容 · What was said, 1 to 2000 characters.' })
  text?: string | null;

  @Field(() => Disposition, {
    nullable: true,
    description: '处置 · What becomes of it; out of CASE its case is withdrawn, into CASE one opens, once.',
  })
  disposition?: Disposition | null;

  @Field(() => String, { nullable: true, description: '类别代码 · Code of its category.' })
  categoryCode?: string | null;

  @Field(() => CaseKind, { nullable: true, description: '案件类型 · What kind of case it opens.' })
  caseKind?: CaseKind | null;

  @Field(() => ID, { nullable: true, description: '区域 · The organization where it is to be done.' })
  areaId?: string | null;

  @Field(() => String, { nullable: true, description: '结果 · How it was settled, or the receipt of a transfer.' })
  outcome?: string | null;
}

@InputType({ description: '更正上门走访 · What of a recorded visit was wrong, and why; what is absent stays.' })
export class AmendHomeVisitInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '上门走访 · Which visit.' })
  homeVisitId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field({ description: '理由 · Why, 1 to 500 characters; kept with the history.' })
  reason!: string;

  @Field(() => Instant, { nullable: true, description: '走访时间 · When it began, on the same day.' })
  heldAt?: Date | null;

  @Field(() => String, { nullable: true, description: '走访情况 · What was found, 1 to 4000 characters.' })
  findings?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '是否看望 · Whether it was a care visit; the duty that it kept is owed again, or is kept.',
  })
  care?: boolean | null;

  @Field(() => [HomeVisitDemandInput], { defaultValue: [], description: '补充诉求 · Demands that were left out.' })
  addDemands!: HomeVisitDemandInput[];

  @Field(() => [ChangeHomeVisitDemandInput], {
    defaultValue: [],
    description: '更正诉求 · Demands that were wrong.',
  })
  changeDemands!: ChangeHomeVisitDemandInput[];

  @Field(() => [ID], {
    defaultValue: [],
    description: '撤销诉求 · Ids of demands that were never made; their cases are withdrawn.',
  })
  removeDemandIds!: string[];
}

@InputType({ description: '撤销上门走访 · A visit that did not take place, or was recorded twice, and why.' })
export class WithdrawHomeVisitInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '上门走访 · Which visit.' })
  homeVisitId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field({ description: '理由 · Why, 1 to 500 characters; kept with the history.' })
  reason!: string;
}
