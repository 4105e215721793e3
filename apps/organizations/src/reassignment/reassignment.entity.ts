import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { allows, roles } from '@frontline/access';
import {
  Access,
  Aggregate,
  domainEnum,
  LocalDate,
  SAME_AS_PARENT,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import type { Conflict, Plan, PlannedLoad, PlannedMove, ReassignmentObstacle, Stranded } from './reassignment-plan.ts';

/** Who fixes contacts also plans their changes; who reads the whole district may look at them. */
export const SEES_REASSIGNMENTS = roles('FRONTLINE_OFFICE', 'LEADER', 'AUDITOR');

export const ReassignmentObstacleEnum = domainEnum(
  'ReassignmentObstacle',
  '不能接收的原因',
  'Why an assignment can’t go to a successor.',
  {
    NOT_ADMITTED: { zh: '不符合条件', en: 'Not admitted', description: 'by the rules of its scheme on that day' },
    CONTACTS_TARGET: { zh: '已联系该对象', en: 'Contacts the target already', description: 'or was offered it' },
    OWNED_ELSEWHERE: { zh: '以其他系统为准', en: 'Kept by another system', description: 'which alone changes it' },
    HANDOVER_OPEN: { zh: '已在交接', en: 'Offered already', description: 'to somebody who has not answered' },
  },
);

@ObjectType({
  description: '批量调整 · Many assignments offered to successors at once; in a dry run, what would be offered.',
})
@Access(SEES_REASSIGNMENTS)
@Entity()
export class Reassignment extends Aggregate {
  @Field(() => LocalDate, { name: 'on', description: '生效日 · First day on which they can change hands.' })
  @Property({ type: 'date' })
  takesEffectOn!: string;

  @Field({ description: '缘由 · Why.' })
  @Property({ type: 'text' })
  reason!: string;

  @Field(() => LocalDate, { name: 'plannedOn', description: '制定日 · When it was planned.' })
  @Property({ type: 'date' })
  madeOn!: string;

  @Field({ name: 'plan', description: '方案标识 · What it does, as a fingerprint: send it back as expectedPlan.' })
  @Property({ type: 'text' })
  fingerprint!: string;

  @Property({ type: 'jsonb' })
  plan!: Plan;

  /** Whether it was only shown. */
  dryRun?: boolean;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(SEES_REASSIGNMENTS, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({ description: '调整项 · An assignment and who is to take it.' })
@Access(SAME_AS_PARENT)
export class ReassignmentMove implements PlannedMove {
  assignmentId!: string;
  targetId!: string;
  successorId!: string;
}

@ObjectType({
  description: '无人接收 · An assignment that nobody of the successors can take; it stays with who holds it.',
})
@Access(SAME_AS_PARENT)
export class StrandedAssignment implements Stranded {
  assignmentId!: string;
  targetId!: string;

  @Field({ description: '是否落空 · Whether nobody else contacts the target: uncovered once its contactor leaves.' })
  orphaned!: boolean;
}

@ObjectType({ description: '接收人负荷 · Targets of a successor under one scheme, before and after.' })
@Access(SAME_AS_PARENT)
export class SuccessorLoad implements PlannedLoad {
  @Field({ description: '联系制度 · Code of the scheme.' })
  scheme!: string;

  @Field(() => ID, { description: '接收人 · Id of the cadre or organization.' })
  successorId!: string;

  @Field(() => Int, { description: '原有 · Targets contacted on that day, or offered.' })
  before!: number;

  @Field(() => Int, { description: '调整后 · Targets with those that come.' })
  after!: number;

  @Field(() => Int, { nullable: true, description: '上限 · Most that the scheme allows; null when it sets none.' })
  limit!: number | null;

  @Field({ description: '是否超负荷 · Whether it would be more than the scheme allows.' })
  overloaded!: boolean;
}

@ObjectType({ description: '冲突 · Why an assignment can’t go to a successor.' })
@Access(SAME_AS_PARENT)
export class ReassignmentConflict implements Conflict {
  assignmentId!: string;
  successorId?: string;

  @Field(() => ReassignmentObstacleEnum, { description: '原因 · Why not.' })
  obstacle!: ReassignmentObstacle;
}
