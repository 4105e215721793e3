import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';

/** The order of a list of paired assistances. */
export const PairedAssistanceOrder = domainEnum(
  'PairedAssistanceOrder',
  '帮扶排序',
  'How a list of paired assistances is ordered.',
  {
    NEWEST: { zh: '最近开始', en: 'Begun latest first' },
    OLDEST: { zh: '最早开始', en: 'Begun earliest first' },
  },
);
export type PairedAssistanceOrder = keyof typeof PairedAssistanceOrder;

@InputType({ description: '帮扶筛选 · Narrows a list of paired assistances; everything given must hold.' })
export class PairedAssistanceFilter {
  @Field(() => LocalDate, { nullable: true, description: '有效日 · In force on this day.' })
  activeOn?: string | null;

  @Field(() => ID, { nullable: true, description: '干部 · By this cadre.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '家庭 · For this household.' })
  householdId?: string | null;

  @Field(() => ID, { nullable: true, description: '居民区 · Of households in this residential area.' })
  residentialAreaId?: string | null;

  @Field(() => ID, { nullable: true, description: '辖区 · Of households anywhere in this organization’s area.' })
  within?: string | null;
}

@ArgsType()
export class PairedAssistancesArgs extends PageArgs {
  @Field(() => PairedAssistanceFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: PairedAssistanceFilter | null;

  @Field(() => PairedAssistanceOrder, { defaultValue: 'NEWEST', description: '排序 · Order of the list.' })
  order: PairedAssistanceOrder = 'NEWEST';
}
