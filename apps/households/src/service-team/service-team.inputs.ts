import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';
import { ParticipantRole } from './service-team-participant.entity.ts';

/** The order of a list of teams. */
export const ServiceTeamOrder = domainEnum('ServiceTeamOrder', '团队排序', 'How a list of service teams is ordered.', {
  CODE: { zh: '编码', en: 'By code' },
  NAME: { zh: '名称', en: 'By name' },
});
export type ServiceTeamOrder = keyof typeof ServiceTeamOrder;

@InputType({ description: '团队筛选 · Narrows a list of service teams; everything given must hold.' })
export class ServiceTeamFilter {
  @Field(() => LocalDate, { nullable: true, description: '有效日 · At work on this day.' })
  activeOn?: string | null;

  @Field(() => ID, { nullable: true, description: '居民区 · Of this residential area.' })
  residentialAreaId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '辖区 · Anywhere in this organization’s area, such as a subdistrict.',
  })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: '网格 · Serves this grid by name (not only its whole area).' })
  gridId?: string | null;

  @Field(() => [String], { nullable: true, description: '编码 · With one of these codes.' })
  codes?: string[] | null;

  @Field(() => String, { nullable: true, description: '名称或编码 · Name contains this, or the code begins with it.' })
  search?: string | null;
}

@ArgsType()
export class ServiceTeamsArgs extends PageArgs {
  @Field(() => ServiceTeamFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: ServiceTeamFilter | null;

  @Field(() => ServiceTeamOrder, { defaultValue: 'CODE', description: '排序 · Order of the list.' })
  order: ServiceTeamOrder = 'CODE';
}

@InputType({ description: '成员筛选 · Narrows a list of participants; everything given must hold.' })
export class ServiceTeamParticipantFilter {
  @Field(() => LocalDate, {
    nullable: true,
    description: '有效日 · In some team on this day (in the team, or area, that is asked for besides).',
  })
  activeOn?: string | null;

  @Field(() => [ParticipantRole], { nullable: true, description: '角色 · Taking part as one of these.' })
  roles?: ParticipantRole[] | null;

  @Field(() => ID, { nullable: true, description: '团队 · A member of this team (on activeOn, or ever).' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: '辖区 · In a team anywhere in this organization’s area.' })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: '干部 · Is this cadre.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '单位 · Comes from this organization.' })
  organizationId?: string | null;
}

@ArgsType()
export class ServiceTeamParticipantsArgs extends PageArgs {
  @Field(() => ServiceTeamParticipantFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: ServiceTeamParticipantFilter | null;
}

/** A page of what holds on a day. */
@ArgsType()
export class OnDayArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
  on?: string | null;
}
