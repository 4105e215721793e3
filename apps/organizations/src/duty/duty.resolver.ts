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
import { ContactAssignment, Contactor } from '../contact-assignment/contact-assignment.entity.ts';
import { contactorOf } from '../contact-assignment/contact-assignment.resolver.ts';
import { CadreStub, HomeVisitStub, HouseholdStub, PairedAssistanceStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
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

  @FieldResolver(() => ContactAssignment, {
    nullable: true,
    description: '定点联系 · The assignment that owes it; null when it is owed under something else.',
  })
  assignment(@Root() { owedUnder, assignmentId }: Duty, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, owedUnder === 'ASSIGNMENT' ? assignmentId : undefined);
  }

  @FieldResolver(() => PairedAssistanceStub, {
    nullable: true,
    description: '结对帮扶 · The paired assistance that owes it; null when it is owed under something else.',
  })
  assistance(@Root() { owedUnder, assignmentId }: Duty): PairedAssistanceStub | undefined {
    return owedUnder === 'ASSISTANCE' ? PairedAssistanceStub.of(assignmentId) : undefined;
  }

  @FieldResolver(() => Contactor, { nullable: true, description: '责任主体 · Who answers for it.' })
  async contactor(@Root() { owedUnder, assignmentId, contactorId }: Duty, @Context() ctx: Ctx): Promise<Contactor> {
    const assignment = owedUnder === 'ASSIGNMENT' && (await byId(ctx, ContactAssignment, assignmentId));
    const inCharge = owedUnder === 'TELL_BACK' && (await byId(ctx, Organization, contactorId));
    return contactorOf(ctx, assignment || { contactorKind: inCharge ? 'ORGANIZATION' : 'CADRE' }, contactorId);
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '代理人 · The cadre who stands in, if who answers for it is away when it closes.',
  })
  substitute(@Root() { substituteId }: Duty): CadreStub | undefined {
    return substituteId ? CadreStub.of(substituteId) : undefined;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '地点 · The organization towards which it is owed, or the residential area of its household.',
  })
  place(@Root() { placeId }: Duty, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, placeId);
  }

  @FieldResolver(() => HouseholdStub, { nullable: true, description: '家庭 · The assisted household, if it is one.' })
  household(@Root() { owedUnder, targetId }: Duty): HouseholdStub | undefined {
    return owedUnder === 'ASSISTANCE' ? HouseholdStub.of(targetId) : undefined;
  }

  @FieldResolver(() => Activity, { nullable: true, description: '完成活动 · The activity that fulfilled it.' })
  fulfilment(@Root() { owedUnder, fulfilledBy }: Duty, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, owedUnder === 'ASSIGNMENT' ? fulfilledBy : undefined);
  }

  @FieldResolver(() => HomeVisitStub, { nullable: true, description: '看望 · The care visit that fulfilled it.' })
  careVisit(@Root() { owedUnder, fulfilledBy }: Duty): HomeVisitStub | undefined {
    return owedUnder === 'ASSISTANCE' && fulfilledBy ? HomeVisitStub.of(fulfilledBy) : undefined;
  }
}
