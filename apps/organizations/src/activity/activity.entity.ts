import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import { MEETS_RESIDENTS, STAFF, allows, placesFor, readsDistrict } from '@frontline/access';
import {
  Access,
  Aggregate,
  SAME_AS_PARENT,
  SealedType,
  connectionOf,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { activitiesOfLines } from '../contact-assignment/assignment-line.ts';
import { owedToAsker } from '../tell-back/owed-to.ts';
import type { Acceptance, ActingAs } from './acting-under-assignment.ts';
import { ActivityAcceptance, ActivityKind, CaseKind, Disposition, RecordedAs } from './activity-enums.ts';
import type { Change } from './amendment.ts';

/**
 * Activities and what was said there: for those who took part, for whoever has taken the contact over since, for the places
 * they concern, and for whoever reads the whole district. `targetId` and `activityId` are the columns of the organization
 * they concern and of the activity.
 */
export function concerns(ctx: Ctx, targetId: string, activityId: string): Visibility {
  const { actor } = ctx;
  if (!allows(STAFF, actor)) return 'NONE';
  if (readsDistrict(actor)) return 'ALL';
  const places = placesFor(actor, [...MEETS_RESIDENTS, 'DEPARTMENT']);
  if (places === 'ALL') return 'ALL';
  const cadreId = actor.kind === 'person' ? (actor.cadreId ?? null) : null;
  return sql`(exists (select 1 from activity_participant ap where ap.activity_id = ${sql.ref(activityId)} and ap.cadre_id = ${cadreId})
    ${cadreId ? sql`or ${sql.ref(activityId)} in (${activitiesOfLines(cadreId, ctx.today())})` : sql``}
    or exists (select 1 from organization_path op where op.descendant_id = ${sql.ref(targetId)} and op.ancestor_id = any(${places}::uuid[])))`;
}

@ObjectType({
  description: '走访活动 · What took place: a visit, a report heard, a conditions review, a reception, a dialogue.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Activity extends Aggregate {
  @Field(() => ActivityKind, { description: '类别 · What took place.' })
  @Property({ type: 'text' })
  kind!: ActivityKind;

  @Field(() => Date, { description: '时间 · When it began.' })
  @Property({ type: 'timestamptz' })
  heldAt!: Date;

  @Field(() => Int, { nullable: true, description: '时长 · Minutes it took, if somebody said so.' })
  @Property({ type: 'integer', nullable: true })
  minutes?: number | null;

  @Property({ type: 'uuid' })
  targetId!: string;

  @Property({ type: 'uuid', nullable: true, index: true })
  assignmentId?: string | null;

  @Field(() => Int, { nullable: true, description: '见面人数 · How many people were met.' })
  @Property({ type: 'integer', nullable: true })
  metCount?: number | null;

  @Field(() => String, { nullable: true, description: '情况 · What was found, in words.' })
  @Property({ type: SealedType, nullable: true })
  summary?: string | null;

  @Field(() => ActivityAcceptance, { description: '受理方式 · How the record was taken.' })
  @Property({ type: 'text', default: 'ACCEPTED' })
  acceptance: Acceptance = 'ACCEPTED';

  @Field(() => RecordedAs, {
    nullable: true,
    description: '记录身份 · In what capacity it was recorded; null when under no assignment, or brought in.',
  })
  @Property({ type: 'text', nullable: true })
  recordedAs?: ActingAs | null;

  @Field(() => Date, { nullable: true, description: '登记时间 · When the record reached us; null when brought in.' })
  @Property({ type: 'timestamptz', nullable: true })
  recordedAt?: Date | null;

  @Field(() => Date, { nullable: true, description: '更正时间 · When it was last amended; null when never.' })
  @Property({ type: 'timestamptz', nullable: true })
  amendedAt?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: '结束时间 · When the host of a dialogue or microblog closed it: no more is asked or answered there.',
  })
  @Property({ type: 'timestamptz', nullable: true })
  closedAt?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: '撤销时间 · When it was withdrawn, as it did not take place; null while it stands.',
  })
  @Property({ type: 'timestamptz', nullable: true })
  withdrawnAt?: Date | null;

  /** The cadre who recorded it; none when it was somebody without a cadre's file, or brought in. */
  @Property({ type: 'uuid', nullable: true })
  recordedById?: string | null;

  /** The issuer's subject of whoever recorded it; never shown. */
  @Property({ type: 'text', nullable: true })
  recorder?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '离线标识 · Id that the device gave a record made offline; null for others.',
  })
  @Property({ type: 'text', nullable: true })
  clientId?: string | null;

  @Field(() => Date, { nullable: true, description: '离线记录时间 · When a record made offline was made.' })
  @Property({ type: 'timestamptz', nullable: true })
  madeAt?: Date | null;

  /** Keyed digest of a record made offline, to tell the same one sent again from another with its id. */
  @Property({ type: 'text', nullable: true })
  clientDigest?: string | null;

  static visibleTo(ctx: Ctx): Visibility {
    return concerns(ctx, 't.target_id', 't.id');
  }
}

/** A cadre who took part in an activity. */
@Entity()
export class ActivityParticipant {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  activityId!: string;

  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }
}

@ObjectType({ description: '更正内容 · One thing that an amendment changed.' })
@Access(SAME_AS_PARENT)
export class AmendedField implements Change {
  @Field({
    description:
      '字段 · Which field; demand, promise or cadre for one that was added or taken away. Cadres, organizations and assignments are shown by their ids.',
  })
  field!: string;

  @Field(() => ID, { nullable: true, description: '诉求 · The demand that it is about; null for the activity itself.' })
  demandId?: string;

  @Field(() => ID, { nullable: true, description: '承诺 · The promise that it is about, if it is about one.' })
  promiseId?: string;

  @Field(() => String, { nullable: true, description: '更正前 · What it was; null for nothing.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: '更正后 · What it is; null for nothing.' })
  after!: string | null;
}

@ObjectType({ description: '更正 · An amendment of an activity: who, when, why, and what was before.' })
@Access(STAFF)
@Entity()
export class ActivityAmendment {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  activityId!: string;

  @Field(() => Date, { description: '时间 · When.' })
  @Property({ type: 'timestamptz' })
  at!: Date;

  /** The cadre who amended; none for others, whom the audit trail names. */
  @Property({ type: 'uuid', nullable: true })
  byCadreId?: string | null;

  @Field({ description: '理由 · Why.' })
  @Property({ type: SealedType })
  reason!: string;

  /** What it changed, as JSON: what people said is in it, so it is sealed. */
  @Property({ type: SealedType })
  changed!: string;

  /** Reached only through an activity that the caller sees. */
  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }
}

@ObjectType({
  description:
    '诉求 · One thing that somebody asked for or said; it has exactly one disposition, and shows what came of it.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Demand extends Aggregate {
  @Property({ type: 'uuid', index: true })
  activityId!: string;

  @Field(() => String, { description: '内容 · What was said, in words; never in events.' })
  @Property({ type: SealedType })
  text!: string;

  @Field(() => Disposition, { description: '处置 · What becomes of it.' })
  @Property({ type: 'text' })
  disposition!: Disposition;

  @Field({ description: '类别代码 · Code of its category.' })
  @Property({ type: 'text' })
  categoryCode!: string;

  @Field(() => CaseKind, {
    nullable: true,
    description: '案件类型 · What kind of answer is asked for, when it becomes a case.',
  })
  @Property({ type: 'text', nullable: true })
  caseKind?: CaseKind | null;

  @Property({ type: 'uuid' })
  areaId!: string;

  @Property({ type: 'uuid', nullable: true })
  householdId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '结果 · How it was settled on the spot, or the receipt of whoever it was passed to.',
  })
  @Property({ type: SealedType, nullable: true })
  outcome?: string | null;

  @Property({ type: 'uuid', nullable: true })
  caseId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '案件编号 · Number of the case it opened, as soon as there is one.',
  })
  @Property({ type: 'text', nullable: true })
  caseNumber?: string | null;

  @Field(() => String, { nullable: true, description: '案件状态 · Where that case stands (a CaseState).' })
  @Property({ type: 'text', nullable: true })
  caseState?: string | null;

  /** An amendment has withdrawn the case it opened; it can't open another. */
  @Property({ type: 'boolean', default: false })
  caseWithdrawn = false;

  @Field(() => Date, {
    nullable: true,
    description: '撤销时间 · When an amendment took it away; null while it stands.',
  })
  @Property({ type: 'timestamptz', nullable: true })
  amendedAwayAt?: Date | null;

  /** With the activity; and for whoever is to tell the person what came of it. */
  static visibleTo(ctx: Ctx): Visibility {
    const concerned = concerns(ctx, 't.area_id', 't.activity_id');
    if (typeof concerned === 'string') return concerned;
    return sql`(${concerned} or t.id in (select tb.demand_id from tell_back tb where ${owedToAsker(ctx, 'tb')}))`;
  }

  /** The case that this demand opened tells where it stands. */
  followCase({ id, number, state }: { id: string; number: string; state: string }): void {
    this.caseId = id;
    this.caseNumber = number;
    this.caseState = state;
  }
}

export const ActivityConnection = connectionOf(Activity, 'Activity', '走访活动');
export const DemandConnection = connectionOf(Demand, 'Demand', '诉求');
