import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import type { DutyState } from '../duty/duty-state.ts';
import { DutyStateEnum } from '../duty/duty.entity.ts';
import { DueOrder } from '../promise/promise.inputs.ts';

@InputType({ description: '反馈筛选 · Narrows a list of tell-backs; everything given must hold.' })
export class TellBackFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: '仅本人 · True: only those you owe, or stand in for while who owes them is away.',
  })
  mine?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: '干部 · Owed by this cadre, or by somebody away for whom they stand in.',
  })
  cadreId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '无责任干部 · True: only those that no cadre owes: whoever met the person has left, or was none.',
  })
  withoutCadre?: boolean | null;

  @Field(() => ID, { nullable: true, description: '所在地范围 · About this organization or something below it.' })
  within?: string | null;

  @Field(() => [DutyStateEnum], {
    nullable: true,
    description: '状态 · In one of these states today: DUE, FULFILLED, SUBSTITUTED, LATE, MISSED or EXCUSED.',
  })
  states?: DutyState[] | null;
}

@ArgsType()
export class TellBacksArgs extends PageArgs {
  @Field(() => TellBackFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: TellBackFilter | null;

  @Field(() => DueOrder, { defaultValue: 'EARLIEST_DUE_FIRST', description: '排序 · In which order.' })
  order: DueOrder = 'EARLIEST_DUE_FIRST';
}

@InputType({ description: '登记反馈 · That the person was told what came of what they said.' })
export class RecordTellBackInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '反馈告知 · Which one.' })
  tellBackId!: string;

  @Field(() => LocalDate, { nullable: true, description: '反馈日 · When the person was told; today when absent.' })
  toldOn?: string | null;

  @Field(() => String, { nullable: true, description: '反馈情况 · What the person said, up to 2000 characters.' })
  note?: string | null;
}
