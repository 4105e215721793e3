import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import { Access, byId, JsonValue, LocalDate, type Connection, type Ctx, type Outline } from '@frontline/platform';
import { OrganizationStatus, OrganizationTree } from './organization-enums.ts';
import {
  GeoPoint,
  Organization,
  OrganizationConnection,
  OrganizationLocation,
  OrganizationName,
  Succession,
} from './organization.entity.ts';
import { statusOn } from './organization-record.ts';
import { OrganizationsArgs, SubtreeArgs } from './organization.inputs.ts';
import {
  ancestorsOf,
  locationOn,
  locationsOf,
  nameOn,
  namesOf,
  organizationByCode,
  organizations,
  predecessorsOf,
  subtreeOf,
  successorsOf,
} from './organization.queries.ts';

const onDay = { nullable: true, description: '日期 · As it was on this day; today when absent.' } as const;
const inTree = { defaultValue: 'TERRITORY', description: '组织树 · Which tree.' } as const;

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => OrganizationConnection, { nullable: true, description: '组织列表 · Organizations of the district.' })
  @Access(SIGNED_IN)
  organizations(
    @Context() ctx: Ctx,
    @Args(() => OrganizationsArgs) args: OrganizationsArgs,
  ): Promise<Connection<Organization>> {
    return organizations(ctx, args);
  }

  @Query(() => Organization, {
    nullable: true,
    description: '组织 · One organization, by id or by code; null when there is none.',
  })
  @Access(SIGNED_IN)
  organization(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('code', () => String, { nullable: true, description: '代码 · Code.' }) code?: string,
  ): Promise<Organization | undefined> {
    return code ? organizationByCode(ctx, code) : byId(ctx, Organization, id);
  }

  @FieldResolver(() => String, { description: '名称 · Chinese name on a day.' })
  async name(
    @Root() { id, code }: Organization,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<string> {
    return (await nameOn(ctx, id, on ?? ctx.today()))?.zh ?? code;
  }

  @FieldResolver(() => String, { description: '英文名 · English name on a day.' })
  async nameEn(
    @Root() { id, code }: Organization,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<string> {
    return (await nameOn(ctx, id, on ?? ctx.today()))?.en ?? code;
  }

  @FieldResolver(() => OrganizationStatus, { description: '状态 · Whether it exists today.' })
  status(@Root() organization: Organization, @Context() ctx: Ctx): OrganizationStatus {
    return statusOn(organization, ctx.today());
  }

  @FieldResolver(() => [OrganizationName], { description: '曾用名 · Every name it has had, latest first.' })
  names(@Root() { id }: Organization, @Context() ctx: Ctx): Promise<OrganizationName[]> {
    return namesOf(ctx, id);
  }

  @FieldResolver(() => GeoPoint, {
    nullable: true,
    description: '位置 · Its centre; a schematic, not an official position.',
  })
  async location(
    @Root() organization: Organization,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<GeoPoint | undefined> {
    return (await locationOn(ctx, organization, on ?? ctx.today()))?.centre();
  }

  @FieldResolver(() => JsonValue, {
    nullable: true,
    description:
      '示意范围 · Rings of a GeoJSON polygon, longitude and latitude; a schematic, not an official boundary (示意图，不作划界依据).',
  })
  async outline(
    @Root() organization: Organization,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Outline | null | undefined> {
    return (await locationOn(ctx, organization, on ?? ctx.today()))?.outline;
  }

  @FieldResolver(() => [OrganizationLocation], {
    description: '历次位置与范围 · Every centre and outline it has had, latest first.',
  })
  locations(@Root() { id }: Organization, @Context() ctx: Ctx): Promise<OrganizationLocation[]> {
    return locationsOf(ctx, id);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '上级 · What it stands under on a day.' })
  async parent(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Arg('tree', () => OrganizationTree, inTree) tree: OrganizationTree,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Organization | undefined> {
    return (await ancestorsOf(ctx, id, tree, on ?? ctx.today())).at(-1);
  }

  @FieldResolver(() => [Organization], { description: '各级上级 · Everything above it on a day, the root first.' })
  ancestors(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Arg('tree', () => OrganizationTree, inTree) tree: OrganizationTree,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Organization[]> {
    return ancestorsOf(ctx, id, tree, on ?? ctx.today());
  }

  @FieldResolver(() => OrganizationConnection, {
    nullable: true,
    description: '下级 · What stands directly below it on a day.',
  })
  children(
    @Root() organization: Organization,
    @Context() ctx: Ctx,
    @Args(() => SubtreeArgs) args: SubtreeArgs,
  ): Promise<Connection<Organization>> {
    return subtreeOf(ctx, organization, args, { direct: true });
  }

  @FieldResolver(() => OrganizationConnection, {
    nullable: true,
    description: '下属全部 · What stands below it at any depth on a day.',
  })
  subtree(
    @Root() organization: Organization,
    @Context() ctx: Ctx,
    @Args(() => SubtreeArgs) args: SubtreeArgs,
  ): Promise<Connection<Organization>> {
    return subtreeOf(ctx, organization, args, { direct: false });
  }

  @FieldResolver(() => [Succession], { description: '承继者 · Who took it over, or parts of it.' })
  successors(@Root() { id }: Organization, @Context() ctx: Ctx): Promise<Succession[]> {
    return successorsOf(ctx, id);
  }

  @FieldResolver(() => [Succession], { description: '前身 · Of whom it took over something.' })
  predecessors(@Root() { id }: Organization, @Context() ctx: Ctx): Promise<Succession[]> {
    return predecessorsOf(ctx, id);
  }
}
