import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { DemandInput, PromiseInput } from '../activity/activity.inputs.ts';
import { ReceptionKind, ReceptionState } from './reception-day.entity.ts';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same reception.';
const VERSION = '版本 · The version you saw; another one by now is refused.';

@InputType({
  description:
    '编排接待 · Which receptions to plan. No key is needed: whoever asks again finds the same receptions and the same rota.',
})
export class PlanReceptionsInput {
  @Field(() => Int, { description: '年度 · The calendar year: this one or one of the two after it.' })
  year!: number;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · Only those of this subdistrict, or of those below this organization; all when absent.',
  })
  within?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: '每月席位 · Delegates at each monthly reception, 1 to 50; by the district’s policy when absent.',
  })
  seatsMonthly?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '社区数 · Communities of each subdistrict on a concentrated day, 1 to 50; by policy when absent.',
  })
  communities?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '集中席位 · Delegates at each of these communities, 1 to 50; by policy when absent.',
  })
  seatsConcentrated?: number | null;
}

@InputType({ description: '调换席位 · Two delegates who agreed to receive in each other’s place.' })
export class SwapReceptionsInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '席位 · One seat; if you are a delegate, yours.' })
  seatId!: string;

  @Field(() => ID, { description: '另一席位 · The other one, on this day or another.' })
  withSeatId!: string;
}

/** What every change of one reception asks for. */
@InputType()
export abstract class ReceptionChangeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '接待 · Which reception.' })
  receptionId!: string;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: '改期 · A planned reception that is held on another day.' })
export class MoveReceptionInput extends ReceptionChangeInput {
  @Field(() => LocalDate, { description: '新日期 · A day after today.' })
  to!: string;

  @Field({ description: '缘由 · Why, 1 to 500 characters.' })
  reason!: string;
}

@InputType({ description: '取消接待 · A planned reception that will not be held.' })
export class CancelReceptionInput extends ReceptionChangeInput {
  @Field({ description: '缘由 · Why, 1 to 500 characters.' })
  reason!: string;
}

@InputType({
  description: '登记接待 · What a reception heard. Where, and who was to receive, the server knows.',
})
export class HoldReceptionInput extends ReceptionChangeInput {
  @Field(() => Date, { description: '时间 · When it began; on the day of the reception or later, not in the future.' })
  heldAt!: Date;

  @Field(() => [ID], {
    nullable: true,
    description: '到场代表 · Ids of the public representatives who received; all on the rota when absent.',
  })
  receivedByIds?: string[] | null;

  @Field(() => Int, { nullable: true, description: '时长 · Minutes it took.' })
  minutes?: number | null;

  @Field(() => Int, { nullable: true, description: '接待人数 · How many people came.' })
  metCount?: number | null;

  @Field(() => String, { nullable: true, description: '情况 · What was found, up to 4000 characters.' })
  summary?: string | null;

  @Field(() => [DemandInput], {
    defaultValue: [],
    description: '诉求 · What was raised, each with its disposition; at most 20.',
  })
  demands!: DemandInput[];

  @Field(() => [PromiseInput], { defaultValue: [], description: '承诺 · What was promised; at most 10.' })
  promises!: PromiseInput[];
}

@InputType({ description: '接待日筛选 · Narrows a list of receptions; everything given must hold.' })
export class ReceptionFilter {
  @Field(() => LocalDate, { nullable: true, description: '从 · On this day or later.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '至 · On this day or earlier.' })
  to?: string | null;

  @Field(() => [ReceptionKind], { nullable: true, description: '类别 · One of these kinds.' })
  kinds?: ReceptionKind[] | null;

  @Field(() => [ReceptionState], { nullable: true, description: '状态 · In one of these states today.' })
  states?: ReceptionState[] | null;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · Held for this subdistrict, for those below this organization, or at this venue.',
  })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: '代表 · Received by this public representative.' })
  representativeId?: string | null;
}

@ArgsType()
export class ReceptionsArgs extends PageArgs {
  @Field(() => ReceptionFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: ReceptionFilter | null;
}

@InputType({ description: '更正到场代表 · Who received at a reception that was recorded.' })
export class AmendReceiversInput extends ReceptionChangeInput {
  @Field(() => [ID], { description: '到场代表 · Ids of all public representatives who received, and of nobody else.' })
  receivedByIds!: string[];

  @Field({ description: '理由 · Why, 1 to 500 characters; kept with the history of its activity.' })
  reason!: string;
}
