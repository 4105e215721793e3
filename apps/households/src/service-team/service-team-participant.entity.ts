import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import {
  Access,
  Aggregate,
  EffectiveRow,
  SealedType,
  connectionOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';

/** Whom the article names: "居委会、业委会、物业公司、区域单位和民警、医生、机关党团员". */
export const ParticipantRole = domainEnum(
  'ParticipantRole',
  '团队成员角色',
  'As what somebody takes part in a service team.',
  {
    COMMITTEE_WORKER: { zh: '居委会干部', en: 'Residents’ committee worker' },
    OWNERS_COMMITTEE: { zh: '业委会成员', en: 'Owners’ committee member' },
    PROPERTY_COMPANY: { zh: '物业公司人员', en: 'Property company staff' },
    LOCAL_UNIT: { zh: '区域单位人员', en: 'Staff of a local unit' },
    POLICE: { zh: '民警', en: 'Police officer' },
    DOCTOR: { zh: '医生', en: 'Doctor' },
    PARTY_MEMBER: { zh: '机关党员', en: 'Office Party member' },
    LEAGUE_MEMBER: { zh: '机关团员', en: 'Office Youth League member' },
  },
);
export type ParticipantRole = keyof typeof ParticipantRole;

@ObjectType({ description: '服务团队成员 · One person who takes part in service teams, in however many of them.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class ServiceTeamParticipant extends Aggregate {
  @Field({ description: '人员编码 · The code of this person; unique, so that everybody is counted once.' })
  @Property({ unique: true })
  code!: string;

  /** Personal data: read through the resolver, which masks it. */
  @Property({ type: SealedType })
  name!: string;

  @Property({ type: 'text', index: true })
  nameIndex!: string;

  @Field(() => ParticipantRole, { description: '角色 · As what this person takes part.' })
  @Property({ type: 'text' })
  role!: ParticipantRole;

  @Property({ type: 'uuid', nullable: true, index: true })
  cadreId?: string | null;

  @Property({ type: 'uuid', nullable: true, index: true })
  organizationId?: string | null;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({ description: '团队任期 · One person’s time in one team.' })
@Access(STAFF)
@Entity()
export class TeamMembership extends EffectiveRow {
  @Property({ type: 'uuid' })
  participantId!: string;

  @Property({ type: 'uuid' })
  teamId!: string;
}

export const ServiceTeamParticipantConnection = connectionOf(
  ServiceTeamParticipant,
  'ServiceTeamParticipant',
  '服务团队成员',
);
