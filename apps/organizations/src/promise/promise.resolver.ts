import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { CadreStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
import { keepPromise } from './promise.commands.ts';
import { GivenPromise, PromiseConnection, PromiseStateEnum } from './promise.entity.ts';
import { KeepPromiseInput, PromisesArgs } from './promise.inputs.ts';
import { promises, promisesUnder } from './promise.queries.ts';
import type { PromiseState } from './promise-state.ts';

@Resolver(() => GivenPromise)
export class PromiseResolver {
  @Query(() => PromiseConnection, { nullable: true, description: '承诺列表 · Promises, by the day they are due.' })
  @Access(STAFF)
  promises(@Context() ctx: Ctx, @Args(() => PromisesArgs) args: PromisesArgs): Promise<Connection<GivenPromise>> {
    return promises(ctx, args);
  }

  @Query(() => GivenPromise, { nullable: true, description: '承诺 · One promise by id; null when there is none.' })
  @Access(STAFF)
  promise(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<GivenPromise | undefined> {
    return byId(ctx, GivenPromise, id);
  }

  @Mutation(() => GivenPromise, { description: '兑现承诺 · Say that a promise was kept, and how.' })
  @Access(roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER'))
  keepPromise(
    @Context() ctx: Ctx,
    @Arg('input', () => KeepPromiseInput, { description: '内容 · Which, when and how.' }) input: KeepPromiseInput,
  ): Promise<GivenPromise> {
    return keepPromise(ctx, input);
  }

  @FieldResolver(() => PromiseStateEnum, { description: '状态 · Where it stands today.' })
  state(@Root() promise: GivenPromise, @Context() ctx: Ctx): PromiseState {
    return promise.stateOn(ctx.today());
  }

  @FieldResolver(() => CadreStub, { description: '承诺人 · Who promised.' })
  cadre(@Root() { cadreId }: GivenPromise): CadreStub {
    return CadreStub.of(cadreId);
  }

  @FieldResolver(() => Activity, { nullable: true, description: '走访活动 · Where it was given.' })
  activity(@Root() { activityId }: GivenPromise, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, activityId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '对象 · The organization where it was given.' })
  target(@Root() { targetId }: GivenPromise, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, targetId);
  }
}

@Resolver(() => CadreStub)
export class CadrePromisesResolver {
  @FieldResolver(() => PromiseConnection, { nullable: true, description: '承诺 · Promises that this cadre gave.' })
  promises(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => PromisesArgs) args: PromisesArgs,
  ): Promise<Connection<GivenPromise>> {
    return promisesUnder(ctx, 'cadre', id, args);
  }
}

@Resolver(() => Organization)
export class OrganizationPromisesResolver {
  @FieldResolver(() => PromiseConnection, { nullable: true, description: '承诺 · Promises that were given here.' })
  @Access(STAFF)
  promises(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => PromisesArgs) args: PromisesArgs,
  ): Promise<Connection<GivenPromise>> {
    return promisesUnder(ctx, 'target', id, args);
  }
}

@Resolver(() => Activity)
export class ActivityPromisesResolver {
  @FieldResolver(() => PromiseConnection, { nullable: true, description: '承诺 · What was promised there.' })
  promises(
    @Root() { id }: Activity,
    @Context() ctx: Ctx,
    @Args(() => PromisesArgs) args: PromisesArgs,
  ): Promise<Connection<GivenPromise>> {
    return promisesUnder(ctx, 'activity', id, args);
  }
}
