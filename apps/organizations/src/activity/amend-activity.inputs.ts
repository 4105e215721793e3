import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { ActivityKind, CaseKind, Disposition } from './activity-enums.ts';
import { DemandInput, PromiseInput } from './activity.inputs.ts';

@InputType({ description: '更正诉求 · What changes of a demand; what is absent or null stays as it is.' })
export class ChangeDemandInput {
  @Field(() => ID, { description: '诉求 · Which demand of the activity.' })
  demandId!: string;

  @Field(() => String, { nullable: true, description: '内容 · What was said, 1 to 2000 characters.' })
  text?: string | null;

  @Field(() => Disposition, {
    nullable: true,
    description: '处置 · To CASE opens one case; from CASE withdraws it.',
  })
  disposition?: Disposition | null;

  @Field(() => String, { nullable: true, description: '类别代码 · Code of its category; not of a CASE.' })
  categoryCode?: string | null;

  @Field(() => CaseKind, { nullable: true, description: '案件类型 · Required when it becomes a CASE.' })
  caseKind?: CaseKind | null;

  @Field(() => ID, { nullable: true, description: '所在地 · The organization it concerns; not of a CASE.' })
  areaId?: string | null;

  @Field(() => ID, { nullable: true, description: '家庭 · The household it concerns; not of a CASE.' })
  householdId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '结果 · Required when it becomes SETTLED_ON_SPOT or TRANSFERRED_OUT.',
  })
  outcome?: string | null;
}

@InputType({ description: '更正承诺 · What changes of a promise; what is absent or null stays as it is.' })
export class ChangePromiseInput {
  @Field(() => ID, { description: '承诺 · Which promise of the activity; only while it is open.' })
  promiseId!: string;

  @Field(() => String, { nullable: true, description: '内容 · What was promised, 1 to 500 characters.' })
  text?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '期限 · By when; not before the day of the visit, nor before today.',
  })
  dueOn?: string | null;

  @Field(() => ID, { nullable: true, description: '承诺人 · Who promised, of those who took part.' })
  cadreId?: string | null;
}

@InputType({ description: '撤销走访 · An activity that did not take place, or was recorded twice, and why.' })
export class WithdrawActivityInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '走访活动 · Which activity.' })
  activityId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field({ description: '理由 · Why, 1 to 500 characters; kept with the history.' })
  reason!: string;
}

@InputType({ description: '更正走访 · What changes of an activity; what is absent or null stays as it is.' })
export class AmendActivityInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '走访活动 · Which activity.' })
  activityId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field({ description: '理由 · Why, 1 to 500 characters; kept with the history.' })
  reason!: string;

  @Field(() => ActivityKind, {
    nullable: true,
    description: '类别 · What took place; the duties of the wrong kind are owed again, those of this one fulfilled.',
  })
  kind?: ActivityKind | null;

  @Field(() => Date, { nullable: true, description: '时间 · When it began, on the same day.' })
  heldAt?: Date | null;

  @Field(() => Int, { nullable: true, description: '时长 · Minutes it took.' })
  minutes?: number | null;

  @Field(() => Int, { nullable: true, description: '见面人数 · How many people were met.' })
  metCount?: number | null;

  @Field(() => String, { nullable: true, description: '情况 · What was found; an empty text takes it away.' })
  summary?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      '对象 · Where it took place instead; under which contact, and which duties it fulfils, the server finds anew. Of a visit, a report heard or a conditions review.',
  })
  targetId?: string | null;

  @Field(() => [ID], { defaultValue: [], description: '补充参加干部 · Cadres who took part and were left out.' })
  addCadreIds!: string[];

  @Field(() => [ID], {
    defaultValue: [],
    description:
      '撤销参加干部 · Cadres who did not take part; never who recorded it, nor who promised something there.',
  })
  removeCadreIds!: string[];

  @Field(() => [PromiseInput], { defaultValue: [], description: '补充承诺 · Promises that were left out.' })
  addPromises!: PromiseInput[];

  @Field(() => [ChangePromiseInput], {
    defaultValue: [],
    description: '更正承诺 · Promises that were written down wrong, and are open.',
  })
  changePromises!: ChangePromiseInput[];

  @Field(() => [ID], {
    defaultValue: [],
    description: '撤销承诺 · Ids of promises that were never given, and are open.',
  })
  removePromiseIds!: string[];

  @Field(() => [DemandInput], { defaultValue: [], description: '补充诉求 · Demands that were left out.' })
  addDemands!: DemandInput[];

  @Field(() => [ChangeDemandInput], { defaultValue: [], description: '更正诉求 · Demands that were wrong.' })
  changeDemands!: ChangeDemandInput[];

  @Field(() => [ID], {
    defaultValue: [],
    description: '撤销诉求 · Ids of demands that were never made; their cases are withdrawn.',
  })
  removeDemandIds!: string[];
}
