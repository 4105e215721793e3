import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { RotationCancelReason, RotationState } from './rotation.entity.ts';

@InputType({ description: '计划轮岗 · A period of grassroots service for a cadre.' })
export class PlanRotationInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same rotation.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: '干部 · Who goes.' })
  cadreId!: string;

  @Field(() => ID, { description: '单位 · Where; an organization at the grassroots.' })
  organizationId!: string;

  @Field(() => LocalDate, { description: '起始日 · First day as planned.' })
  from!: string;

  @Field(() => LocalDate, { description: '结束日 · First day after it, as planned.' })
  until!: string;
}

/** What every change of a rotation asks for. */
@InputType()
export abstract class RotationChangeInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same rotation.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: '轮岗 · The rotation to change.' })
  rotationId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '轮岗进展 · The day on which a rotation begins or is completed.' })
export class RotationOnInput extends RotationChangeInput {
  @Field(() => LocalDate, { description: '日期 · The day; not in the future.' })
  on!: string;
}

@InputType({ description: '取消轮岗 · A rotation that will not be completed.' })
export class CancelRotationInput extends RotationOnInput {
  @Field(() => RotationCancelReason, { description: '原因 · Why.' })
  reason!: RotationCancelReason;
}

@InputType({ description: '轮岗筛选 · Narrows a list of rotations; everything given must hold.' })
export class RotationFilter {
  @Field(() => [RotationState], { nullable: true, description: '状态 · In one of these states.' })
  states?: RotationState[] | null;

  @Field(() => ID, { nullable: true, description: '干部 · Of this cadre.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '范围 · At this organization or below it.' })
  within?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '日期 · Planned for a time that includes this day.' })
  on?: string | null;
}

@ArgsType()
export class RotationsArgs extends PageArgs {
  @Field(() => RotationFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: RotationFilter | null;
}
