import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { SIGNED_IN, allows } from '@frontline/access';
import {
  Access,
  Aggregate,
  EffectiveRow,
  SAME_AS_PARENT,
  connectionOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import { OrganizationKind } from '../organization/organization-enums.ts';

export const ContactorKind = domainEnum(
  'ContactorKind',
  '联系主体类别',
  'Whether cadres or organizations are fixed as contactors.',
  {
    CADRE: { zh: '干部', en: 'Cadre' },
    ORGANIZATION: { zh: '单位', en: 'Organization' },
  },
);
export type ContactorKind = keyof typeof ContactorKind;

export const DataSource = domainEnum('DataSource', '依据', 'Where a setting comes from.', {
  SEED: { zh: '原文', en: 'The article', description: 'the published description of the method' },
  ASSUMED: { zh: '假定', en: 'Assumed', description: 'not given by the article' },
});
export type DataSource = keyof typeof DataSource;

export const DayOffRule = domainEnum('DayOffRule', '休息日规则', 'What happens to a duty that falls on a day off.', {
  KEEP: { zh: '不变', en: 'Keep the day' },
  BEFORE: { zh: '提前', en: 'Move to the working day before' },
  AFTER: { zh: '顺延', en: 'Move to the next working day' },
  SKIP: { zh: '取消', en: 'Skip it' },
});
export type DayOffRule = keyof typeof DayOffRule;

export const NthWeekReading = domainEnum(
  'NthWeekReading',
  '第几周周几的读法',
  'How “Thursday of the second week” is read; weeks begin on Monday.',
  {
    NTH_WEEKDAY: { zh: '当月第几个周几', en: 'The n-th such weekday', description: 'the second Thursday of the month' },
    WEEKDAY_OF_NTH_WEEK: {
      zh: '当月第几周的周几',
      en: 'That weekday of the n-th week',
      description: 'the first week being the one with the 1st in it',
    },
  },
);

export const MembershipKind = domainEnum(
  'MembershipKind',
  '政治面貌',
  'Membership of the Party or of its Youth League.',
  {
    PARTY: { zh: '中共党员', en: 'Party member' },
    LEAGUE: { zh: '共青团员', en: 'Youth League member' },
  },
);
export type MembershipKind = keyof typeof MembershipKind;

/** Who may be a contactor: facts that must hold of them on the day asked about. */
export interface ContactorRule {
  kind: ContactorKind;
  /** Ranks of cadres. */
  ranks?: string[];
  /** Kinds of the organization: the contactor itself, or one where the cadre has a post. */
  organizationKinds?: string[];
  /** Organizations by id: the contactor itself, or one where the cadre has a post (a particular leading body). */
  organizationIds?: string[];
  /** Of which the cadre is a member. */
  memberships?: MembershipKind[];
  /** Whether that post is in the place of the target: leaders of a subdistrict hold its own patches. */
  atTarget?: boolean;
}

@ObjectType({ description: '联系主体规则 · Facts that must hold of a contactor on the day asked about.' })
@Access(SAME_AS_PARENT)
export class SchemeContactorRule {
  @Field(() => ContactorKind, { description: '类别 · Cadres or organizations.' })
  kind!: ContactorKind;

  @Field(() => [String], { nullable: true, description: '职级 · Ranks of cadres (CadreRank); null for any.' })
  ranks!: string[] | null;

  @Field(() => [OrganizationKind], {
    nullable: true,
    description: '单位类别 · Kinds of the organization, or of one where the cadre has a post; null for any.',
  })
  organizationKinds!: OrganizationKind[] | null;

  @Field(() => [MembershipKind], {
    nullable: true,
    description: '政治面貌 · Of which a cadre must be a member; null where none is asked for.',
  })
  memberships!: MembershipKind[] | null;

  organizationIds!: string[] | null;

  @Field(() => Boolean, {
    description: '本街镇 · Whether cadres have that post in the place of the target (its own leaders).',
  })
  atTarget!: boolean;
}

@ObjectType({ description: '联系任务规则 · What a scheme asks of each assignment, how often.' })
@Access(SAME_AS_PARENT)
export class DutyRule {
  @Field({ description: '代码 · Code, unique in its scheme.' })
  code!: string;

  @Field(() => ActivityKind, { description: '活动 · What must take place.' })
  activity!: ActivityKind;

  @Field({ description: '频次 · RFC 5545 recurrence of the first day of the window, in Asia/Shanghai.' })
  recurrence!: string;

  @Field(() => Int, { description: '期限天数 · Days that the window is open, the first included.' })
  windowDays!: number;

  @Field(() => DayOffRule, { description: '休息日规则 · What happens when it falls on a day off.' })
  dayOffRule!: DayOffRule;

  @Field(() => Boolean, {
    defaultValue: false,
    description: '是否假定 · Whether the article leaves this cadence open.',
  })
  assumed = false;

  /** How often in each window; once when absent. */
  times?: number;
}

@ObjectType({ description: '联络员规则 · How many liaisons an assignment needs.' })
@Access(SAME_AS_PARENT)
export class LiaisonRule {
  @Field(() => Int, { description: '最少 · At least.' })
  min!: number;

  @Field(() => Int, { description: '最多 · At most.' })
  max!: number;
}

@ObjectType({ description: '数量规定 · How few and how many there may be; null sets no limit.' })
@Access(SAME_AS_PARENT)
export class CountRule {
  @Field(() => Int, { nullable: true, description: '最少 · At least.' })
  min?: number | null;

  @Field(() => Int, { nullable: true, description: '最多 · At most.' })
  max?: number | null;
}

@ObjectType({ description: '对应数量 · How many may be fixed to one another; what is missing or too much is a gap.' })
@Access(SAME_AS_PARENT)
export class SchemeCardinalities {
  @Field(() => CountRule, { nullable: true, description: '每个对象 · Contactors of each target.' })
  contactorsPerTarget?: CountRule | null;

  @Field(() => CountRule, { nullable: true, description: '每个主体 · Targets of each contactor.' })
  targetsPerContactor?: CountRule | null;
}

@ObjectType({ description: '联系制度 · Who contacts whom, and how often: data, versioned, changed without a release.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
@Entity()
export class ContactScheme extends Aggregate {
  @Field({ description: '代码 · Code, unique.' })
  @Property({ unique: true })
  code!: string;

  @Field({ description: '中文名 · Chinese name.' })
  @Property()
  nameZh!: string;

  @Field({ description: '英文名 · English name.' })
  @Property()
  nameEn!: string;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({
  description: '联系制度版本 · What a scheme says for a time; every duty remembers the version that made it.',
})
@Access(SIGNED_IN)
@Entity()
export class ContactSchemeVersion extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  schemeId!: string;

  @Field(() => Int, { description: '版本号 · From 1 on.' })
  @Property({ type: 'integer' })
  number!: number;

  @Property({ type: 'jsonb' })
  contactor!: ContactorRule;

  @Property({ type: 'text[]' })
  targetKinds!: string[];

  @Field(() => Boolean, {
    description: '划片联系 · Whether targets are held in patches, each by a group, and not one by one.',
  })
  @Property({ type: 'boolean', default: false })
  inPatches = false;

  @Field(() => LiaisonRule, {
    nullable: true,
    description: '联络员规则 · How many liaisons; null when none are needed.',
  })
  @Property({ type: 'jsonb', nullable: true })
  liaisons?: LiaisonRule | null;

  @Field(() => SchemeCardinalities, {
    nullable: true,
    description: '对应数量 · How many may be fixed to one another; null when it sets no limits.',
  })
  @Property({ type: 'jsonb', nullable: true })
  cardinalities?: SchemeCardinalities | null;

  @Field(() => [DutyRule], { description: '联系任务 · What it asks of each assignment.' })
  @Property({ type: 'jsonb' })
  duties!: DutyRule[];

  @Field(() => DataSource, { description: '依据 · Whether the article says so.' })
  @Property({ type: 'text' })
  source!: DataSource;

  @Field(() => String, { nullable: true, description: '原文 · The article’s own words.' })
  @Property({ type: 'text', nullable: true })
  quote?: string | null;

  @Field(() => SchemeContactorRule, { name: 'contactor', description: '联系主体 · Who may be a contactor.' })
  contactorRule(): SchemeContactorRule {
    const { organizationKinds = null, ...rule } = this.contactor;
    const none = { ranks: null, organizationIds: null, memberships: null, atTarget: false };
    return Object.assign(new SchemeContactorRule(), none, rule, { organizationKinds });
  }

  @Field(() => [OrganizationKind], {
    name: 'targetKinds',
    description: '对象类别 · Kinds of organization that can be targets.',
  })
  targets(): OrganizationKind[] {
    return this.targetKinds as OrganizationKind[];
  }
}

export const ContactSchemeConnection = connectionOf(ContactScheme, 'ContactScheme', '联系制度');
