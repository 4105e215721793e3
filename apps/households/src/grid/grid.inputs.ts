import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';

/** The order of a list of grids. */
export const GridOrder = domainEnum('GridOrder', '网格排序', 'How a list of grids is ordered.', {
  CODE: { zh: '编码', en: 'By code' },
  NAME: { zh: '名称', en: 'By name' },
});
export type GridOrder = keyof typeof GridOrder;

@InputType({ description: '网格筛选 · Narrows a list of grids; everything given must hold.' })
export class GridFilter {
  @Field(() => String, { nullable: true, description: '图层 · Of this layer, such as `responsibility`.' })
  layer?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '有效日 · In force on this day.' })
  activeOn?: string | null;

  @Field(() => ID, { nullable: true, description: '居民区 · Of this residential area.' })
  residentialAreaId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '辖区 · Anywhere in this organization’s area, such as a subdistrict.',
  })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: '网格长 · Led by this cadre.' })
  leaderId?: string | null;

  @Field(() => Boolean, { nullable: true, description: '有无网格长 · With a leader (true) or without one (false).' })
  hasLeader?: boolean | null;

  @Field(() => [String], { nullable: true, description: '编码 · With one of these codes.' })
  codes?: string[] | null;

  @Field(() => String, { nullable: true, description: '名称或编码 · Name contains this, or the code begins with it.' })
  search?: string | null;
}

@ArgsType()
export class GridsArgs extends PageArgs {
  @Field(() => GridFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: GridFilter | null;

  @Field(() => GridOrder, { defaultValue: 'CODE', description: '排序 · Order of the list.' })
  order: GridOrder = 'CODE';
}
