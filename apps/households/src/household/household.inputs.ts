import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { HardshipCategory, HardshipLevel, HouseholdOrder } from './household-enums.ts';

@InputType({
  description:
    '家庭筛选 · Narrows a list of households; everything given must hold. Searches by personal data find only households that the caller sees unmasked, need the exact text, and are in the audit trail.',
})
export class HouseholdFilter {
  @Field(() => LocalDate, { nullable: true, description: '登记日 · On the register on this day.' })
  activeOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '困难认定日 · Certified to be in hardship on this day.' })
  hardshipOn?: string | null;

  @Field(() => [HardshipCategory], {
    nullable: true,
    description: '困难类别 · Certified for one of these (on hardshipOn, or ever).',
  })
  hardshipCategories?: HardshipCategory[] | null;

  @Field(() => [HardshipLevel], {
    nullable: true,
    description: '困难程度 · Certified as one of these (on hardshipOn, or ever).',
  })
  hardshipLevels?: HardshipLevel[] | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '复核截止 · With a certificate to be reviewed on this day or before.',
  })
  reviewDueBy?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '帮扶日 · Assisted by a cadre on this day.' })
  assistedOn?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '未帮扶日 · Assisted by nobody on this day; with hardshipOn this is the gap list.',
  })
  uncoveredOn?: string | null;

  @Field(() => ID, { nullable: true, description: '网格 · In this grid.' })
  gridId?: string | null;

  @Field(() => ID, { nullable: true, description: '居民区 · In this residential area.' })
  residentialAreaId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '辖区 · Anywhere in this organization’s area, such as a subdistrict.',
  })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: '帮扶干部 · Assisted by this cadre (on assistedOn, or today).' })
  helperId?: string | null;

  @Field(() => [String], { nullable: true, description: '编码 · With one of these codes.' })
  codes?: string[] | null;

  @Field(() => String, { nullable: true, description: '地址 · At exactly this address.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: '居民姓名 · With a resident of exactly this name.' })
  residentName?: string | null;

  @Field(() => String, { nullable: true, description: '居民电话 · With a resident of exactly this phone number.' })
  residentPhone?: string | null;
}

@ArgsType()
export class HouseholdsArgs extends PageArgs {
  @Field(() => HouseholdFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: HouseholdFilter | null;

  @Field(() => HouseholdOrder, { defaultValue: 'CODE', description: '排序 · Order of the list.' })
  order: HouseholdOrder = 'CODE';
}
