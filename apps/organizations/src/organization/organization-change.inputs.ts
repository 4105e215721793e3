import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { BranchSector, OrganizationKind, OrganizationTree } from './organization-enums.ts';

const KEY =
  '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same organization.';

const OUTLINE =
  '范围 · Polygon: an outer ring and holes inside it. Each ring ends where it began, and none crosses or touches itself or another; at most 10,000 points.';

@InputType({ description: '上级 · Under which organization one stands in a tree.' })
export class OrganizationParentInput {
  @Field(() => OrganizationTree, { description: '组织树 · Which tree.' })
  tree!: OrganizationTree;

  @Field(() => ID, { description: '上级 · The organization above.' })
  parentId!: string;
}

@InputType({ description: '位置 · A point, longitude and latitude in degrees.' })
export class GeoPointInput {
  @Field(() => Float, { description: '经度 · Longitude.' })
  longitude!: number;

  @Field(() => Float, { description: '纬度 · Latitude.' })
  latitude!: number;
}

@InputType({ description: '设立组织 · An organization that comes into being.' })
export class CreateOrganizationInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field({
    description:
      '代码 · Official code for a territory (GB/T 2260: 6, 9 or 12 digits, beginning with its parent’s), else the district’s own; unique.',
  })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: '统一社会信用代码 · Unified social credit code (GB 32100); its check character is checked.',
  })
  creditCode?: string | null;

  @Field(() => OrganizationKind, { description: '类别 · Kind.' })
  kind!: OrganizationKind;

  @Field(() => BranchSector, { nullable: true, description: '支部类别 · Sector, of a party branch and only of one.' })
  sector?: BranchSector | null;

  @Field({ description: '中文名 · Chinese name, 1 to 100 characters.' })
  nameZh!: string;

  @Field({ description: '英文名 · English name, 1 to 100 characters.' })
  nameEn!: string;

  @Field(() => LocalDate, { description: '成立日 · First day of its existence; it may lie ahead.' })
  from!: string;

  @Field(() => [OrganizationParentInput], {
    defaultValue: [],
    description: '上级 · What it stands under from that day, at most one in each tree.',
  })
  parents!: OrganizationParentInput[];

  @Field(() => GeoPointInput, { nullable: true, description: '位置 · Its centre.' })
  location?: GeoPointInput | null;

  @Field(() => [[GeoPointInput]], { nullable: true, description: OUTLINE })
  outline?: GeoPointInput[][] | null;

  @Field(() => Int, { nullable: true, description: '居民数 · Residents, approximately.' })
  residents?: number | null;

  @Field(() => Float, { nullable: true, description: '面积 · Area in square kilometres, approximately.' })
  areaKm2?: number | null;
}

/** What every change of one organization asks for. */
@InputType()
export abstract class OrganizationChangeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '组织 · The organization to change.' })
  organizationId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '更名 · Another name from a day on; history keeps the old one.' })
export class RenameOrganizationInput extends OrganizationChangeInput {
  @Field({ description: '中文名 · Chinese name, 1 to 100 characters.' })
  nameZh!: string;

  @Field({ description: '英文名 · English name, 1 to 100 characters.' })
  nameEn!: string;

  @Field(() => LocalDate, { description: '生效日 · First day of the new name; it may lie ahead.' })
  from!: string;
}

@InputType({ description: '调整隶属 · Another parent from a day on; everything below moves along.' })
export class MoveOrganizationInput extends OrganizationChangeInput {
  @Field(() => OrganizationTree, { description: '组织树 · In which tree.' })
  tree!: OrganizationTree;

  @Field(() => ID, { nullable: true, description: '上级 · The new organization above; none when absent.' })
  parentId?: string | null;

  @Field(() => LocalDate, { description: '生效日 · First day under it; it may lie ahead.' })
  from!: string;
}

@InputType({
  description:
    '标定位置与范围 · Another centre or outline from a day on; history keeps the old one. What is absent stays, null takes it away.',
})
export class LocateOrganizationInput extends OrganizationChangeInput {
  @Field(() => GeoPointInput, { nullable: true, description: '位置 · Its centre.' })
  location?: GeoPointInput | null;

  @Field(() => [[GeoPointInput]], { nullable: true, description: OUTLINE })
  outline?: GeoPointInput[][] | null;

  @Field(() => LocalDate, { description: '生效日 · First day on which it is so; it may lie ahead.' })
  from!: string;
}

@InputType({ description: '划转部分 · What one successor takes over.' })
export class SplitPartInput {
  @Field(() => ID, { description: '承继者 · Who takes it over; it exists on that day.' })
  successorId!: string;

  @Field(() => [ID], { description: '居民区 · The residential areas that move to it.' })
  residentialAreaIds!: string[];
}

@InputType({ description: '拆分组织 · Parts of an organization go to others.' })
export class SplitOrganizationInput extends OrganizationChangeInput {
  @Field(() => LocalDate, { description: '生效日 · First day on which it is so; it may lie ahead.' })
  on!: string;

  @Field(() => [SplitPartInput], { description: '划转 · Who takes over what, at most 20.' })
  parts!: SplitPartInput[];

  @Field({ description: '是否存续 · Whether the rest goes on; otherwise all residential areas are given away.' })
  continues!: boolean;
}

@InputType({ description: '合并组织 · Organizations that another one takes over whole.' })
export class MergeOrganizationsInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => [ID], { description: '被合并组织 · Who ends, at most 20.' })
  organizationIds!: string[];

  @Field(() => ID, { description: '承继者 · Who takes them over; it exists on that day.' })
  successorId!: string;

  @Field(() => Int, {
    nullable: true,
    description: '版本 · The version of the successor that you saw; another one by now is refused.',
  })
  expectedVersion?: number | null;

  @Field(() => LocalDate, { description: '生效日 · First day on which it is so; it may lie ahead.' })
  on!: string;
}

@InputType({ description: '撤销组织 · An organization that ends without a successor.' })
export class DissolveOrganizationInput extends OrganizationChangeInput {
  @Field(() => LocalDate, { description: '生效日 · First day on which it no longer exists; it may lie ahead.' })
  on!: string;
}
