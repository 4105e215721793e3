import {
  Arg,
  Args,
  Ctx as Context,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { roles, STAFF } from '@frontline/access';
import { Access, byId, LocalDate, SAME_AS_PARENT, type Connection, type Ctx } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { excuseDuty } from './duty-outcomes.ts';
import type { DutyState } from './duty-state.ts';
import { horizonOf, regenerateDuties } from './duty.commands.ts';
import { ExcuseDutyInput, GenerateDutiesInput } from './duty.inputs.ts';
import { DutiesArgs, duties } from './duty.queries.ts';
import { Duty, DutyConnection, DutyStateEnum } from './duty.entity.ts';

@ObjectType({ description: '生成结果 · What had to be done so that duties are what they must be.' })
@Access(SAME_AS_PARENT)
export class GeneratedDuties {
  @Field(() => Int, { description: '新增 · Duties that were missing.' })
  added!: number;

  @Field(() => Int, { description: '变更 · Duties that were made for something else.' })
  changed!: number;

  @Field(() => Int, { description: '撤销 · Duties, not begun, that are no longer owed.' })
  removed!: number;

  @Field(() => LocalDate, { description: '生成至 · Last day on which the window of one opens.' })
  until!: string;
}

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

  @Mutation(() => GeneratedDuties, {
    description:
      '生成任务 · Makes the duties of the coming thirteen months what schemes, assignments, calendar and absences say. This happens by itself every day and with every change; asking for it does no harm.',
  })
  @Access(roles('FRONTLINE_OFFICE', 'ADMIN'))
  async generateDuties(
    @Context() ctx: Ctx,
    @Arg('input', () => GenerateDutiesInput, { description: '输入 · Which ones.' }) { scheme }: GenerateDutiesInput,
  ): Promise<GeneratedDuties> {
    return { ...(await regenerateDuties(ctx, scheme ? { schemes: [scheme] } : {})), until: horizonOf(ctx.today()) };
  }

  @Mutation(() => Duty, { description: '核免任务 · Excuses a duty that was not kept, with the reason.' })
  @Access(roles('FRONTLINE_OFFICE'))
  excuseDuty(
    @Context() ctx: Ctx,
    @Arg('input', () => ExcuseDutyInput, { description: '输入 · Which, and why.' }) input: ExcuseDutyInput,
  ): Promise<Duty> {
    return excuseDuty(ctx, input);
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
