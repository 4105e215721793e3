import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { QuestionInput } from '../question/question.inputs.ts';
import { ActivityKind, CaseKind, Disposition } from './activity-enums.ts';

@InputType({ description: '诉求 · One thing that was said, and what becomes of it.' })
export class DemandInput {
  @Field({ description: '内容 · What was said, 1 to 2000 characters.' })
  text!: string;

  @Field(() => Disposition, { description: '处置 · What becomes of it; exactly one.' })
  disposition!: Disposition;

  @Field({ description: '类别代码 · Code of its category.' })
  categoryCode!: string;

  @Field(() => CaseKind, { nullable: true, description: '案件类型 · Required when the disposition is CASE.' })
  caseKind?: CaseKind | null;

  @Field(() => ID, {
    nullable: true,
    description: '所在地 · The organization it concerns; the activity’s target when absent.',
  })
  areaId?: string | null;

  @Field(() => ID, { nullable: true, description: '家庭 · The household it concerns, if one.' })
  householdId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '结果 · How it was settled (required when SETTLED_ON_SPOT), or the receipt of whoever it was passed to (required when TRANSFERRED_OUT).',
  })
  outcome?: string | null;
}

@InputType({ description: '承诺 · Something that was promised there: to find out or to do, by a day.' })
export class PromiseInput {
  @Field({ description: '内容 · What was promised, 1 to 500 characters.' })
  text!: string;

  @Field(() => LocalDate, { description: '期限 · By when; not before the day of the visit.' })
  dueOn!: string;

  @Field(() => ID, { nullable: true, description: '承诺人 · Who promised, of those who took part; you when absent.' })
  cadreId?: string | null;
}

@InputType({ description: '记录走访 · What took place. Who you are, and which duties it fulfils, the server knows.' })
export class RecordActivityInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same activity.',
  })
  idempotencyKey!: string;

  @Field(() => ActivityKind, { description: '类别 · What took place.' })
  kind!: ActivityKind;

  @Field(() => Date, { description: '时间 · When it began; not in the future.' })
  heldAt!: Date;

  @Field(() => ID, { nullable: true, description: '对象 · Where it took place; the assignment’s target when absent.' })
  targetId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      '定点联系 · The assignment under which it took place; the server finds yours to that target when absent.',
  })
  assignmentId?: string | null;

  @Field(() => [ID], { nullable: true, description: '参加干部 · Cadres who took part besides you (liaisons, others).' })
  withCadreIds?: string[] | null;

  @Field(() => Int, { nullable: true, description: '时长 · Minutes it took.' })
  minutes?: number | null;

  @Field(() => Int, { nullable: true, description: '见面人数 · How many people were met.' })
  metCount?: number | null;

  @Field(() => String, { nullable: true, description: '情况 · What was found, up to 4000 characters.' })
  summary?: string | null;

  @Field(() => [DemandInput], {
    defaultValue: [],
    description: '诉求 · What was asked for or said, each with its disposition; at most 20.',
  })
  demands!: DemandInput[];

  @Field(() => [PromiseInput], { defaultValue: [], description: '承诺 · What was promised; at most 10.' })
  promises!: PromiseInput[];

  @Field(() => [QuestionInput], {
    defaultValue: [],
    description:
      '提问 · What was asked at an online dialogue or on a microblog, with the answers given there; at most 100.',
  })
  questions?: QuestionInput[];

  @Field(() => String, {
    nullable: true,
    description:
      '离线标识 · Id of your device’s making for a record made offline, 8 to 100 characters; sent again, however often, it gives the same activity.',
  })
  clientId?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: '离线记录时间 · When the record was made; together with clientId, and only with it.',
  })
  madeAt?: Date | null;
}

@InputType({ description: '走访活动筛选 · Narrows a list of activities; everything given must hold.' })
export class ActivityFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: '已撤销 · True: those that were withdrawn, and no others; they are left out otherwise.',
  })
  withdrawn?: boolean | null;

  @Field(() => [ActivityKind], { nullable: true, description: '类别 · One of these kinds.' })
  kinds?: ActivityKind[] | null;

  @Field(() => ID, { nullable: true, description: '参加干部 · This cadre took part.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '对象范围 · At this organization or below it.' })
  targetWithin?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '从 · Held on this day or later.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '至 · Held on this day or earlier.' })
  to?: string | null;
}

@ArgsType()
export class ActivitiesArgs extends PageArgs {
  @Field(() => ActivityFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: ActivityFilter | null;
}

@InputType({ description: '诉求筛选 · Narrows a list of demands; everything given must hold.' })
export class DemandFilter {
  @Field(() => [Disposition], { nullable: true, description: '处置 · One of these dispositions.' })
  dispositions?: Disposition[] | null;

  @Field(() => [String], { nullable: true, description: '类别代码 · In one of these categories.' })
  categoryCodes?: string[] | null;

  @Field(() => ID, { nullable: true, description: '所在地范围 · Concerns this organization or something below it.' })
  within?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '从 · Heard on this day or later.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '至 · Heard on this day or earlier.' })
  to?: string | null;
}

@ArgsType()
export class DemandsArgs extends PageArgs {
  @Field(() => DemandFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: DemandFilter | null;
}
