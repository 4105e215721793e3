import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows, roles } from '@frontline/access';
import {
  Access,
  Aggregate,
  EffectiveRow,
  LocalDate,
  connectionOf,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { CadreRank, CadreStatus, MembershipKind, Sex } from './cadre-enums.ts';

/** Personnel records proper (dates of birth, recruitment) are for those who keep them and for those who audit them. */
const PERSONNEL_RECORD = roles('ORG_DEPARTMENT', 'AUDITOR');

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

  @Field({ description: '姓名 · Name.' })
  @Property()
  name!: string;

  @Field(() => Sex, { nullable: true, description: '性别 · Sex.' })
  @Access(PERSONNEL_RECORD)
  @Property({ type: 'text' })
  sex!: Sex;

  @Field(() => LocalDate, { nullable: true, description: '出生日期 · Date of birth.' })
  @Access(PERSONNEL_RECORD)
  @Property({ type: 'date' })
  bornOn!: string;

  @Field(() => LocalDate, { nullable: true, description: '入职日期 · Day of recruitment.' })
  @Access(PERSONNEL_RECORD)
  @Property({ type: 'date' })
  recruitedOn!: string;

  @Field(() => CadreStatus, { description: '在职状态 · Whether this cadre is at their post.' })
  @Property({ type: 'text' })
  status!: CadreStatus;

  @Field(() => LocalDate, { description: '状态起始日 · Since when the status holds.' })
  @Property({ type: 'date' })
  statusSince!: string;

  /** The directory of cadres is for staff; partners and the public see no person of it. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
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

@ObjectType({ description: '联络员 · An office cadre who goes out with a division-level cadre, for a time.' })
@Access(STAFF)
@Entity()
export class Liaison extends EffectiveRow {
  /** The division-level cadre. */
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  /** The office cadre who goes along. */
  @Property({ type: 'uuid', index: true })
  liaisonId!: string;
}

export const CadreConnection = connectionOf(Cadre, 'Cadre', '干部');
