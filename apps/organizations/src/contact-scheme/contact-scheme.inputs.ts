import { Field, ID, InputType, Int } from 'type-graphql';
import type { Period } from '@frontline/calendar';
import { domainEnum, LocalDate } from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import { OrganizationKind } from '../organization/organization-enums.ts';
import { ContactorKind, DataSource, DayOffRule, MembershipKind } from './contact-scheme.entity.ts';

export const CountPeriod = domainEnum('CountPeriod', '计数周期', 'A span in which duties are counted.', {
  WEEK: { zh: '周', en: 'Week', description: 'from Monday' },
  MONTH: { zh: '月', en: 'Month' },
  QUARTER: { zh: '季度', en: 'Quarter' },
  YEAR: { zh: '年', en: 'Year' },
});

const KEY =
  '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same scheme.' as const;

@InputType({ description: '联系主体规则 · Facts that must hold of a contactor on the day asked about.' })
export class ContactorRuleInput {
  @Field(() => ContactorKind, { description: '类别 · Cadres or organizations.' })
  kind!: ContactorKind;

  @Field(() => [String], { nullable: true, description: '职级 · Ranks of cadres; any when absent.' })
  ranks?: string[] | null;

  @Field(() => [OrganizationKind], {
    nullable: true,
    description: '单位类别 · Kinds of the organization, or of one where the cadre has a post; any when absent.',
  })
  organizationKinds?: OrganizationKind[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      '特定单位 · Particular organizations, such as one of the leading bodies: the contactor, or where the cadre has a post; any when absent.',
  })
  organizationIds?: string[] | null;

  @Field(() => [MembershipKind], {
    nullable: true,
    description: '政治面貌 · Of which a cadre must be a member, one of them at least; not asked for when absent.',
  })
  memberships?: MembershipKind[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: '本街镇 · Whether cadres have that post in the place of the target (its own leaders).',
  })
  atTarget!: boolean;
}

@InputType({ description: '联络员规则 · How many liaisons an assignment needs.' })
export class LiaisonRuleInput {
  @Field(() => Int, { description: '最少 · At least.' })
  min!: number;

  @Field(() => Int, { description: '最多 · At most.' })
  max!: number;
}

@InputType({ description: '数量规定 · How few and how many there may be.' })
export class CountRuleInput {
  @Field(() => Int, { nullable: true, description: '最少 · At least; no limit when absent.' })
  min?: number | null;

  @Field(() => Int, { nullable: true, description: '最多 · At most; no limit when absent.' })
  max?: number | null;
}

@InputType({ description: '对应数量 · How many may be fixed to one another.' })
export class SchemeCardinalitiesInput {
  @Field(() => CountRuleInput, { nullable: true, description: '每个对象 · Contactors of each target.' })
  contactorsPerTarget?: CountRuleInput | null;

  @Field(() => CountRuleInput, { nullable: true, description: '每个主体 · Targets of each contactor.' })
  targetsPerContactor?: CountRuleInput | null;
}

@InputType({
  description: '联系任务规则 · What is asked of each assignment: by a recurrence, or by a count per period.',
})
export class DutyRuleInput {
  @Field({ description: '代码 · Code, unique in its scheme; a revision that keeps it keeps the duties it names.' })
  code!: string;

  @Field(() => ActivityKind, { description: '活动 · What must take place.' })
  activity!: ActivityKind;

  @Field(() => String, {
    nullable: true,
    description: '频次 · RFC 5545 recurrence of the first day of the window; absent when a period is given.',
  })
  recurrence?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: '期限天数 · Days that the window is open, 1 to 366; required with a recurrence.',
  })
  windowDays?: number | null;

  @Field(() => CountPeriod, {
    nullable: true,
    description: '计数周期 · The period in which it is counted; absent when a recurrence is given.',
  })
  period?: Period | null;

  @Field(() => Int, { defaultValue: 1, description: '次数 · How often in each window or period, 1 to 31.' })
  times!: number;

  @Field(() => DayOffRule, { defaultValue: 'KEEP', description: '休息日规则 · What happens on a day off.' })
  dayOffRule!: DayOffRule;

  @Field(() => Boolean, { defaultValue: false, description: '是否假定 · Whether the source leaves the cadence open.' })
  assumed!: boolean;
}

@InputType({ description: '联系制度内容 · What a version of a scheme says.' })
export class SchemeTermsInput {
  @Field(() => ContactorRuleInput, { description: '联系主体 · Who may be a contactor.' })
  contactor!: ContactorRuleInput;

  @Field(() => [OrganizationKind], {
    description:
      '对象类别 · Kinds of organization that can be targets; none where households are, who are paid care visits alone.',
  })
  targetKinds!: OrganizationKind[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: '划片联系 · Whether targets, then residential areas, are held in patches.',
  })
  inPatches!: boolean;

  @Field(() => LiaisonRuleInput, { nullable: true, description: '联络员 · How many liaisons; absent when none.' })
  liaisons?: LiaisonRuleInput | null;

  @Field(() => SchemeCardinalitiesInput, { nullable: true, description: '对应数量 · Limits; none when absent.' })
  cardinalities?: SchemeCardinalitiesInput | null;

  @Field(() => [DutyRuleInput], { description: '联系任务 · What it asks of each assignment.' })
  duties!: DutyRuleInput[];

  @Field(() => DataSource, { description: '依据 · Where it comes from.' })
  source!: DataSource;

  @Field(() => String, { nullable: true, description: '原文 · The words that it rests on.' })
  quote?: string | null;
}

@InputType({ description: '新建联系制度 · A scheme with its first version.' })
export class CreateContactSchemeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field({ description: '代码 · Code, unique: lower-case letters, digits, hyphens.' })
  code!: string;

  @Field({ description: '中文名 · Chinese name, 1 to 100 characters.' })
  nameZh!: string;

  @Field({ description: '英文名 · English name, 1 to 100 characters.' })
  nameEn!: string;

  @Field(() => LocalDate, { description: '生效日 · First day on which it holds; not before today.' })
  from!: string;

  @Field(() => SchemeTermsInput, { description: '内容 · What it says.' })
  terms!: SchemeTermsInput;
}

@InputType({ description: '修订联系制度 · What a scheme says from a day on; the version before ends on that day.' })
export class ReviseContactSchemeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '联系制度 · The scheme.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: '版本 · The version of the object that you saw; another is refused.',
  })
  expectedVersion?: number | null;

  @Field(() => LocalDate, {
    description:
      '生效日 · First day of the new version, after today; that of a last version which has not begun corrects it.',
  })
  from!: string;

  @Field(() => SchemeTermsInput, { description: '内容 · What it says from then on.' })
  terms!: SchemeTermsInput;
}

@InputType({ description: '终止联系制度 · A scheme asks nothing from a day on.' })
export class RetireContactSchemeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '联系制度 · The scheme.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: '版本 · The version of the object that you saw; another is refused.',
  })
  expectedVersion?: number | null;

  @Field(() => LocalDate, { description: '终止日 · First day on which it no longer holds; after today.' })
  on!: string;
}
