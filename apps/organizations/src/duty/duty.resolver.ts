import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import type { DutyState } from './duty-state.ts';
import { DutiesArgs, duties } from './duty.queries.ts';
import { Duty, DutyConnection, DutyStateEnum } from './duty.entity.ts';

@Resolver(() => Duty)
export class DutyResolver {
  @Query(() => DutyConnection, { nullable: true, description: '联系任务列表 · Duties, earliest window first.' })
  @Access(STAFF)
  duties(@Context() ctx: Ctx, @Args(() => DutiesArgs) args: DutiesArgs): Promise<Connection<Duty>> {
    return duties(ctx, args);
  }

  @Query(() => Duty, { nullable: true, description: '联系任务 · One duty by id; null when there is none.' })
  @Access(STAFF)
  duty(@Context() ctx: Ctx, @Arg('id', () => ID, { description: '标识 · Id.' }) id: string): Promise<Duty | undefined> {
    return byId(ctx, Duty, id);
  }

  @FieldResolver(() => DutyStateEnum, { description: '状态 · Where it stands today.' })
  state(@Root() duty: Duty, @Context() ctx: Ctx): DutyState {
    return duty.stateOn(ctx.today());
  }

  @FieldResolver(() => ContactAssignment, { nullable: true, description: '定点联系 · The assignment that owes it.' })
  assignment(@Root() { assignmentId }: Duty, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }

  @FieldResolver(() => Activity, { nullable: true, description: '完成活动 · The activity that fulfilled it.' })
  fulfilment(@Root() { fulfilledBy }: Duty, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, fulfilledBy);
  }
}
