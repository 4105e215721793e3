import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, JsonValue, LocalDate, PageArgs, type Connection, type Ctx } from '@frontline/platform';
import { areaOn } from '../area-succession/area-on.ts';
import { CadreStub } from '../directory/cadre-stub.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { oneByIdOrCode } from '../one-by-code.ts';
import { Grid, GridConnection } from './grid.entity.ts';
import { GridsArgs } from './grid.inputs.ts';
import { grids, gridsIn, gridsLedBy } from './grid.queries.ts';

@Resolver(() => Grid)
export class GridResolver {
  @Query(() => GridConnection, { nullable: true, description: '责任网格列表 · Responsibility grids of the district.' })
  @Access(STAFF)
  grids(@Context() ctx: Ctx, @Args(() => GridsArgs) args: GridsArgs): Promise<Connection<Grid>> {
    return grids(ctx, args);
  }

  @Query(() => Grid, { nullable: true, description: '责任网格 · One grid, by id or by code; null when there is none.' })
  @Access(STAFF)
  grid(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('code', () => String, { nullable: true, description: '编码 · Code.' }) code?: string,
  ): Promise<Grid | undefined> {
    return oneByIdOrCode(ctx, Grid, id, code);
  }

  @FieldResolver(() => JsonValue, {
    name: 'outline',
    description: '边界 · Outline as a GeoJSON Polygon (longitude, latitude). A schematic is not an official boundary.',
  })
  outline(@Root() grid: Grid): object {
    return { type: 'Polygon', coordinates: grid.outline };
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '居民区 · The residential area that this grid is a part of.',
  })
  residentialArea(
    @Root() grid: Grid,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; now when absent.' })
    on?: string,
  ): Promise<OrganizationStub> {
    return areaOn(ctx, grid, on);
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '网格长 · The cadre who leads this grid, if one does.',
  })
  leader(@Root() grid: Grid): CadreStub | undefined {
    return grid.leaderCadreId ? CadreStub.of(grid.leaderCadreId) : undefined;
  }
}

@Resolver(() => OrganizationStub)
export class OrganizationGridsResolver {
  @FieldResolver(() => GridConnection, {
    nullable: true,
    description: '责任网格 · Grids anywhere in this organization’s area.',
  })
  @Access(STAFF)
  grids(
    @Root() organization: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => GridsArgs) args: GridsArgs,
  ): Promise<Connection<Grid>> {
    return gridsIn(ctx, organization.id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreGridsResolver {
  @FieldResolver(() => GridConnection, {
    nullable: true,
    description: '所负责网格 · Grids that this cadre leads on a day.',
  })
  @Access(STAFF)
  ledGrids(
    @Root() cadre: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
    on?: string,
  ): Promise<Connection<Grid>> {
    return gridsLedBy(ctx, cadre.id, on ?? ctx.today(), page);
  }
}
