import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { SIGNED_IN, allows } from '@frontline/access';
import {
  Access,
  Aggregate,
  EffectiveRow,
  JsonValue,
  LocalDate,
  SAME_AS_PARENT,
  connectionOf,
  type Ctx,
  type Outline,
  type Visibility,
} from '@frontline/platform';
import {
  BranchSector,
  OrganizationKind,
  type OrganizationStatus,
  type OrganizationTree,
} from './organization-enums.ts';

@ObjectType({
  description:
    '组织 · An organization of the district, from the district itself to a residential area or a party branch.',
})
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
@Entity()
export class Organization extends Aggregate {
  @Field({ description: '代码 · Official code where there is one (GB/T 2260), else the district’s own; unique.' })
  @Property({ unique: true })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: '统一社会信用代码 · Unified social credit code (GB 32100), where there is one.',
  })
  @Property({ nullable: true })
  creditCode?: string | null;

  @Field(() => OrganizationKind, { description: '类别 · Kind.' })
  @Property({ type: 'text' })
  kind!: OrganizationKind;

  @Field(() => BranchSector, { nullable: true, description: '支部类别 · Sector of a party branch.' })
  @Property({ type: 'text', nullable: true })
  sector?: BranchSector | null;

  /** What becomes of it when it ends, if that is settled; on days before it exists (`statusOn`). */
  @Property({ type: 'text' })
  status!: OrganizationStatus;

  @Field(() => LocalDate, { name: 'from', description: '成立日 · First day of its existence.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => LocalDate, {
    name: 'until',
    nullable: true,
    description: '终止日 · First day on which it no longer exists.',
  })
  @Property({ type: 'date', nullable: true })
  validTo?: string | null;

  @Field(() => Int, { nullable: true, description: '居民数 · Residents, approximately.' })
  @Property({ type: 'integer', nullable: true })
  residents?: number | null;

  @Field(() => Float, { nullable: true, description: '面积 · Area in square kilometres, approximately.' })
  @Property({ type: 'double', nullable: true })
  areaKm2?: number | null;

  /** Path and status that others were told last; none before the first telling. */
  @Property({ type: 'uuid[]', columnType: 'uuid[]', nullable: true })
  toldPath?: string[] | null;

  @Property({ type: 'text', nullable: true })
  toldStatus?: OrganizationStatus | null;

  /** The directory of organizations is for everyone who is signed in, partners included. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }
}

@ObjectType({ description: '名称 · A name and the time for which it was in use.' })
@Access(SIGNED_IN)
@Entity()
export class OrganizationName extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Field({ description: '中文名 · Chinese name.' })
  @Property()
  zh!: string;

  @Field({ description: '英文名 · English name.' })
  @Property()
  en!: string;
}

@ObjectType({ description: '位置 · A point, longitude and latitude in degrees.' })
@Access(SAME_AS_PARENT)
export class GeoPoint {
  @Field(() => Float, { description: '经度 · Longitude.' })
  longitude!: number;

  @Field(() => Float, { description: '纬度 · Latitude.' })
  latitude!: number;
}

@ObjectType({ description: '位置与范围 · A centre and an outline, and the time for which they held.' })
@Access(SIGNED_IN)
@Entity()
export class OrganizationLocation extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Property({ type: 'double', nullable: true })
  longitude?: number | null;

  @Property({ type: 'double', nullable: true })
  latitude?: number | null;

  @Field(() => JsonValue, {
    nullable: true,
    description:
      '示意范围 · Rings of a GeoJSON polygon, longitude and latitude; a schematic, not an official boundary (示意图，不作划界依据).',
  })
  @Property({ type: 'jsonb', nullable: true, lazy: false })
  outline?: Outline | null;

  @Field(() => GeoPoint, {
    name: 'location',
    nullable: true,
    description: '位置 · Its centre; a schematic, not an official position.',
  })
  centre(): GeoPoint | undefined {
    const { longitude, latitude } = this;
    return typeof longitude === 'number' && typeof latitude === 'number' ? { longitude, latitude } : undefined;
  }
}

/** Under which organization one stands, in one of the trees, for a time. */
@Entity()
export class OrganizationParent extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Property({ type: 'text' })
  tree!: OrganizationTree;

  @Property({ type: 'uuid', index: true })
  parentId!: string;
}

/** Who took over (part of) an organization, and when. */
@Entity()
export class OrganizationSuccession extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Property({ type: 'uuid', index: true })
  successorId!: string;

  @Property({ type: 'array', columnType: 'uuid[]' })
  residentialAreaIds: string[] = [];

  /** Whether others were told that its day has come. */
  @Property({ type: 'boolean', default: false })
  told = false;
}

@ObjectType({ description: '承继 · One organization taking over another, or a part of it.' })
@Access(SAME_AS_PARENT)
export class Succession {
  @Field(() => Organization, { description: '组织 · The other organization.' })
  organization!: Organization;

  @Field(() => LocalDate, { description: '生效日 · Since when.' })
  on!: string;

  @Field(() => [Organization], {
    description: '划转居民区 · Residential areas that moved with it; old records leave them out when all did.',
  })
  residentialAreas!: Organization[];
}

export const OrganizationConnection = connectionOf(Organization, 'Organization', '组织');
