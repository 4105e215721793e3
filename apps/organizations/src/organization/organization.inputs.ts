import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { BranchSector, OrganizationKind, OrganizationOrder, OrganizationTree } from './organization-enums.ts';

@InputType({ description: '组织筛选 · Narrows a list of organizations; everything given must hold.' })
export class OrganizationFilter {
  @Field(() => [OrganizationKind], { nullable: true, description: '类别 · One of these kinds.' })
  kinds?: OrganizationKind[] | null;

  @Field(() => [BranchSector], { nullable: true, description: '支部类别 · A party branch in one of these sectors.' })
  sectors?: BranchSector[] | null;

  @Field(() => [String], { nullable: true, description: '代码 · One of these codes.' })
  codes?: string[] | null;

  @Field(() => LocalDate, { nullable: true, description: '存续日 · Exists on this day.' })
  activeOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '结对日 · Is paired with another branch on this day.' })
  pairedOn?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · Stands below this organization, in either tree, on `activeOn` (today when absent).',
  })
  within?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '搜索 · A name (of any time) contains this, or the code starts with it.',
  })
  search?: string | null;
}

@ArgsType()
export class OrganizationsArgs extends PageArgs {
  @Field(() => OrganizationFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: OrganizationFilter | null;

  @Field(() => OrganizationOrder, { defaultValue: 'CODE', description: '排序 · The order of the list.' })
  order: OrganizationOrder = 'CODE';
}

@ArgsType()
export class SubtreeArgs extends PageArgs {
  @Field(() => [OrganizationKind], { nullable: true, description: '类别 · Only these kinds.' })
  kinds?: OrganizationKind[] | null;

  @Field(() => OrganizationTree, { defaultValue: 'TERRITORY', description: '组织树 · Which tree.' })
  tree: OrganizationTree = 'TERRITORY';

  @Field(() => LocalDate, { nullable: true, description: '日期 · As the tree was on this day; today when absent.' })
  on?: string | null;
}
