import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { CadreRank, MembershipKind, Sex, StatusReason } from './cadre-enums.ts';

/** What every change of a cadre asks for. */
@InputType()
export abstract class CadreChangeInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same cadre and changes nothing.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: '干部 · The cadre to change.' })
  cadreId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      '版本 · The version you saw; another one by now is refused. When absent, the change meets whatever is there.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: '登记干部 · A cadre who enters the register.' })
export class RegisterCadreInput {
  @Field({
    description: '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same cadre.',
  })
  idempotencyKey!: string;

  @Field({ description: '工号 · The number people will use, 1 to 40 characters; unique in the district.' })
  staffNumber!: string;

  @Field({ description: '姓名 · Name, 1 to 100 characters; kept sealed.' })
  name!: string;

  @Field(() => Sex, { description: '性别 · Sex.' })
  sex!: Sex;

  @Field(() => LocalDate, { description: '出生日期 · Date of birth; eighteen years or more before recruitment.' })
  bornOn!: string;

  @Field(() => LocalDate, { description: '入职日期 · Day of recruitment; not in the future.' })
  recruitedOn!: string;

  @Field(() => CadreRank, { description: '职级 · Rank from that day.' })
  rank!: CadreRank;

  @Field(() => ID, { description: '单位 · Organization of the first post.' })
  organizationId!: string;

  @Field({ description: '职务 · Title of the first post, 1 to 100 characters.' })
  title!: string;

  @Field(() => MembershipKind, { nullable: true, description: '政治面貌 · Membership held on that day, if any.' })
  membership?: MembershipKind | null;
}

@InputType({ description: '调任 · Another post from a day on; the posts held so far end on it.' })
export class TransferCadreInput extends CadreChangeInput {
  @Field(() => ID, { description: '单位 · Organization of the new post.' })
  organizationId!: string;

  @Field({ description: '职务 · Title of the new post, 1 to 100 characters.' })
  title!: string;

  @Field(() => LocalDate, { description: '生效日 · First day in the new post; it may lie ahead.' })
  on!: string;

  @Field(() => CadreRank, { nullable: true, description: '职级 · Rank from that day; unchanged when absent.' })
  rank?: CadreRank | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: '兼任 · Whether the posts held so far go on beside the new one.',
  })
  besideOthers = false;
}

@InputType({ description: '变更职级 · Another rank from a day on.' })
export class ChangeCadreRankInput extends CadreChangeInput {
  @Field(() => CadreRank, { description: '职级 · The rank.' })
  rank!: CadreRank;

  @Field(() => LocalDate, { description: '生效日 · First day with it; it may lie ahead.' })
  on!: string;
}

@InputType({ description: '变更政治面貌 · Joining or leaving the Party or the League.' })
export class ChangeMembershipInput extends CadreChangeInput {
  @Field(() => MembershipKind, { description: '类别 · Party or League.' })
  kind!: MembershipKind;

  @Field(() => Boolean, { description: '加入 · True when joining, false when leaving.' })
  member!: boolean;

  @Field(() => LocalDate, { description: '生效日 · First day of, or first day without, the membership.' })
  on!: string;
}

@InputType({ description: '批准离岗休假 · A leave, for a time or for as long as it takes.' })
export class GrantLeaveInput extends CadreChangeInput {
  @Field(() => LocalDate, { description: '起始日 · First day of leave; it may lie ahead.' })
  from!: string;

  @Field(() => LocalDate, { nullable: true, description: '返岗日 · First day back; open when absent.' })
  until?: string | null;

  @Field(() => StatusReason, { description: '原因 · SICKNESS, PARENTAL, STUDY or PERSONAL; shown to few.' })
  reason!: StatusReason;
}

@InputType({ description: '结束 · Ends what holds on a day.' })
export class EndOnInput extends CadreChangeInput {
  @Field(() => LocalDate, { description: '生效日 · First day on which it no longer holds.' })
  on!: string;
}

@InputType({ description: '挂职 · A temporary posting beside the own post.' })
export class BeginTemporaryPostingInput extends CadreChangeInput {
  @Field(() => ID, { description: '单位 · Where; service at the grassroots counts as experience.' })
  organizationId!: string;

  @Field({ description: '职务 · Title there, 1 to 100 characters.' })
  title!: string;

  @Field(() => LocalDate, { description: '起始日 · First day there.' })
  from!: string;

  @Field(() => LocalDate, { description: '返岗日 · First day back.' })
  until!: string;
}
