import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import {
  Access,
  Aggregate,
  EffectiveRow,
  LocalDate,
  SealedType,
  connectionOf,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { CadreRank, CadreStatus, MembershipKind, Sex, type StatusReason } from './cadre-enums.ts';
import { PERSONNEL_RECORD } from './cadre-access.ts';

@ObjectType({
  description:
    '干部 · A person in the district’s service: rank, posts, experience. Names are shown to staff, never in events.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Cadre extends Aggregate {
  @Field({ description: '工号 · The number people use for this cadre; unique in the district.' })
  @Property({ unique: true })
  staffNumber!: string;

  /** Personal data: read through the resolver, which masks it. */
  @Property({ type: SealedType })
  name!: string;

  /** For exact search; see `personalDataCipher().blindIndex`. */
  @Property({ type: 'text' })
  nameIndex!: string;

  @Field(() => Sex, { nullable: true, description: '性别 · Sex.' })
  @Access(PERSONNEL_RECORD)
  @Property({ type: 'text' })
  sex!: Sex;

  /** Personal data: read through the resolver, which puts it into the audit trail. */
  @Property({ type: 'date' })
  bornOn!: string;

  @Field(() => LocalDate, { nullable: true, description: '入职日期 · Day of recruitment.' })
  @Access(PERSONNEL_RECORD)
  @Property({ type: 'date' })
  recruitedOn!: string;

  /** The directory of cadres is for staff; partners and the public see no person of it. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({ description: '在职状态期间 · A status and the time for which it held, or will hold.' })
@Access(STAFF)
@Entity()
export class StatusPeriod extends EffectiveRow {
  @Property({ type: 'uuid' })
  cadreId!: string;

  @Field(() => CadreStatus, { description: '在职状态 · The status.' })
  @Property({ type: 'text' })
  status!: CadreStatus;

  /** Personal data: read through the resolver, which puts it into the audit trail. */
  @Property({ type: 'text', nullable: true })
  reason?: StatusReason | null;
}

@ObjectType({ description: '职级任期 · A rank and the time for which it was held.' })
@Access(STAFF)
@Entity()
export class RankPeriod extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  @Field(() => CadreRank, { description: '职级 · The rank.' })
  @Property({ type: 'text' })
  rank!: CadreRank;
}

@ObjectType({ description: '任职 · A post at an organization and the time for which it was held.' })
@Access(STAFF)
@Entity()
export class Post extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Field({ description: '职务 · Title of the post.' })
  @Property()
  title!: string;

  @Field(() => Boolean, { description: '挂职 · Whether it is a temporary posting beside the cadre’s own post.' })
  @Property({ type: 'boolean', default: false })
  temporary = false;
}

@ObjectType({ description: '政治面貌期间 · A membership of the Party or League and since when.' })
@Access(STAFF)
@Entity()
export class Membership extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  @Field(() => MembershipKind, { description: '类别 · Party or League.' })
  @Property({ type: 'text' })
  kind!: MembershipKind;
}

export const CadreConnection = connectionOf(Cadre, 'Cadre', '干部');
