import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import { Access, Aggregate, LocalDate, connectionOf, domainEnum, type Ctx, type Visibility } from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import { CadreStub, CaseStub } from '../directory/foreign-types.ts';

export const HandoverState = domainEnum('HandoverState', '交接状态', 'Where a handover stands.', {
  OFFERED: { zh: '待接收', en: 'Offered', description: 'whoever holds the assignment stays responsible' },
  ACCEPTED: { zh: '已接收', en: 'Accepted' },
  LAPSED: { zh: '已失效', en: 'Lapsed', description: 'the assignment ended before anybody accepted' },
  DECLINED: { zh: '已谢绝', en: 'Declined', description: 'by the successor; nothing changed hands' },
  WITHDRAWN: { zh: '已撤回', en: 'Withdrawn', description: 'by whoever offers; nothing changed hands' },
});
export type HandoverState = keyof typeof HandoverState;

/** How a handover ends without a change of hands. */
export type HandoverClosing = 'DECLINED' | 'WITHDRAWN';

@ObjectType({ description: '交接 · An assignment on its way to a successor; it changes hands when they accept it.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Handover extends Aggregate {
  @Property({ type: 'uuid', index: true })
  assignmentId!: string;

  /** Who is to answer for it; a cadre or an organization as the assignment says. */
  @Property({ type: 'uuid', index: true })
  successorId!: string;

  @Field(() => LocalDate, { description: '提出日 · When it was offered.' })
  @Property({ type: 'date' })
  offeredOn!: string;

  @Field(() => LocalDate, { nullable: true, description: '接收日 · When the successor accepted it.' })
  @Property({ type: 'date', nullable: true })
  acceptedOn?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '生效日 · First day on which it can change hands; null for the day of its acceptance.',
  })
  @Property({ type: 'date', nullable: true })
  takesEffectOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '终结日 · When it was declined or withdrawn.' })
  @Property({ type: 'date', nullable: true })
  closedOn?: string | null;

  @Property({ type: 'text', nullable: true })
  closedAs?: HandoverClosing | null;

  @Field(() => String, { nullable: true, description: '终结缘由 · Why it was declined or withdrawn.' })
  @Property({ type: 'text', nullable: true })
  closingReason?: string | null;

  /** The bulk reassignment that it is part of. */
  @Property({ type: 'uuid', nullable: true, index: true })
  reassignmentId?: string | null;

  /** The assignment that the successor holds since. */
  @Property({ type: 'uuid', nullable: true, index: true })
  nextAssignmentId?: string | null;

  @Field({ description: '缘由 · Why it changes hands.' })
  @Property({ type: 'text' })
  reason!: string;

  /** Ends it without a change of hands. */
  close(as: HandoverClosing, on: string, reason: string): void {
    this.closedAs = as;
    this.closedOn = on;
    this.closingReason = reason;
  }

  /** Who contacts whom is no secret among staff. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({
  description: '交接案件 · A case that came of a visit under the assignment and is not closed yet; without its words.',
})
@Access(STAFF)
export class HandoverCase {
  @Field({ description: '类别代码 · Code of its category.' })
  categoryCode!: string;

  @Field(() => Date, { description: '听取时间 · When it was heard.' })
  heardAt!: Date;

  @Field(() => String, { nullable: true, description: '案件编号 · Its number, as soon as there is one.' })
  number?: string | null;

  @Field(() => String, { nullable: true, description: '案件状态 · Where it stands (a CaseState).' })
  state?: string | null;

  @Field(() => CaseStub, { nullable: true, description: '案件 · The case, as far as you may see it.' })
  case?: CaseStub | null;
}

@ObjectType({ description: '交接走访 · A visit made under the assignment; without its words.' })
@Access(STAFF)
export class HandoverVisit {
  @Field(() => ActivityKind, { description: '类别 · What took place.' })
  kind!: ActivityKind;

  @Field(() => Date, { description: '时间 · When it began.' })
  heldAt!: Date;
}

@ObjectType({
  description: '交接承诺 · A promise given at a visit under the assignment and not kept yet; without its words.',
})
@Access(STAFF)
export class HandoverPromise {
  @Field(() => ID, { description: '标识 · Id of the promise; you may see and keep it once the assignment is yours.' })
  id!: string;

  @Field(() => LocalDate, { description: '承诺日 · When it was given.' })
  madeOn!: string;

  @Field(() => LocalDate, { description: '期限 · Last day on which it is kept in time.' })
  dueOn!: string;

  @Field(() => CadreStub, { description: '承诺人 · Who promised.' })
  cadre!: CadreStub;
}

export const HandoverConnection = connectionOf(Handover, 'Handover', '交接');
