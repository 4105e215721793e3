import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, PageArgs, type Connection, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER } from '../cadre/cadre-access.ts';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { beginRotation, cancelRotation, completeRotation, planRotation } from './rotation.commands.ts';
import { Rotation, RotationConnection } from './rotation.entity.ts';
import { CancelRotationInput, PlanRotationInput, RotationOnInput, RotationsArgs } from './rotation.inputs.ts';
import { rotations, rotationsOf } from './rotation.queries.ts';

@Resolver(() => Rotation)
export class RotationResolver {
  @Query(() => RotationConnection, { nullable: true, description: '轮岗列表 · Rotations, latest planned first.' })
  @Access(STAFF)
  rotations(@Context() ctx: Ctx, @Args(() => RotationsArgs) args: RotationsArgs): Promise<Connection<Rotation>> {
    return rotations(ctx, args);
  }

  @Query(() => Rotation, { nullable: true, description: '轮岗 · One rotation by id; null when there is none.' })
  @Access(STAFF)
  rotation(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Rotation | undefined> {
    return byId(ctx, Rotation, id);
  }

  @Mutation(() => Rotation, { description: '计划轮岗 · Plan a period of grassroots service for a cadre.' })
  @Access(KEEPS_REGISTER)
  planRotation(
    @Context() ctx: Ctx,
    @Arg('input', () => PlanRotationInput, { description: '内容 · Who, where and when.' }) input: PlanRotationInput,
  ): Promise<Rotation> {
    return planRotation(ctx, input);
  }

  @Mutation(() => Rotation, { description: '开始轮岗 · A planned rotation begins.' })
  @Access(KEEPS_REGISTER)
  beginRotation(
    @Context() ctx: Ctx,
    @Arg('input', () => RotationOnInput, { description: '内容 · Which, and the first day.' }) input: RotationOnInput,
  ): Promise<Rotation> {
    return beginRotation(ctx, input);
  }

  @Mutation(() => Rotation, {
    description: '完成轮岗 · A rotation is completed; its time becomes grassroots experience.',
  })
  @Access(KEEPS_REGISTER)
  completeRotation(
    @Context() ctx: Ctx,
    @Arg('input', () => RotationOnInput, { description: '内容 · Which, and the first day without it.' })
    input: RotationOnInput,
  ): Promise<Rotation> {
    return completeRotation(ctx, input);
  }

  @Mutation(() => Rotation, {
    description: '取消轮岗 · A rotation that is planned or under way will not be completed.',
  })
  @Access(KEEPS_REGISTER)
  cancelRotation(
    @Context() ctx: Ctx,
    @Arg('input', () => CancelRotationInput, { description: '内容 · Which, and why.' }) input: CancelRotationInput,
  ): Promise<Rotation> {
    return cancelRotation(ctx, input);
  }

  @FieldResolver(() => Cadre, { nullable: true, description: '干部 · Who goes.' })
  cadre(@Root() { cadreId }: Rotation, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, cadreId);
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '单位 · Where.' })
  organization(@Root() { organizationId }: Rotation): OrganizationStub {
    return OrganizationStub.of(organizationId);
  }
}

@Resolver(() => Cadre)
export class CadreRotationsResolver {
  @FieldResolver(() => RotationConnection, {
    nullable: true,
    description: '轮岗锻炼 · Rotations of this cadre that you may see, latest planned first.',
  })
  rotations(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Rotation>> {
    return rotationsOf(ctx, id, page);
  }
}
