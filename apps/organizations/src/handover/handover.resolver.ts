import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { ContactAssignment, Contactor } from '../contact-assignment/contact-assignment.entity.ts';
import { contactorOf } from '../contact-assignment/contact-assignment.resolver.ts';
import { Organization } from '../organization/organization.entity.ts';
import { acceptHandover, declineHandover, handOverAssignment, withdrawHandover } from './handover.commands.ts';
import {
  Handover,
  HandoverCase,
  HandoverConnection,
  HandoverPromise,
  HandoverState,
  HandoverVisit,
} from './handover.entity.ts';
import { AcceptHandoverInput, CloseHandoverInput, HandOverAssignmentInput, HandoversArgs } from './handover.inputs.ts';
import { handovers, lastVisitsOf, openCasesOf, openPromisesOf } from './handover.queries.ts';

/** A cadre, or the office of a unit that is a contactor. */
const ACCEPTS = roles('CADRE', 'DEPARTMENT', 'SUBDISTRICT');

@Resolver(() => Handover)
export class HandoverResolver {
  @Query(() => HandoverConnection, { nullable: true, description: '交接列表 · Handovers, latest offered first.' })
  @Access(STAFF)
  handovers(@Context() ctx: Ctx, @Args(() => HandoversArgs) args: HandoversArgs): Promise<Connection<Handover>> {
    return handovers(ctx, args);
  }

  @Query(() => Handover, { nullable: true, description: '交接 · One handover by id; null when there is none.' })
  @Access(STAFF)
  handover(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Handover | undefined> {
    return byId(ctx, Handover, id);
  }

  @Mutation(() => Handover, { description: '提出交接 · Offer an assignment to a successor.' })
  @Access(roles('FRONTLINE_OFFICE'))
  handOverAssignment(
    @Context() ctx: Ctx,
    @Arg('input', () => HandOverAssignmentInput, { description: '内容 · What, and to whom.' })
    input: HandOverAssignmentInput,
  ): Promise<Handover> {
    return handOverAssignment(ctx, input);
  }

  @Mutation(() => Handover, { description: '接收交接 · Accept an assignment that was offered to you.' })
  @Access(ACCEPTS)
  acceptHandover(
    @Context() ctx: Ctx,
    @Arg('input', () => AcceptHandoverInput, { description: '内容 · Which.' }) input: AcceptHandoverInput,
  ): Promise<Handover> {
    return acceptHandover(ctx, input);
  }

  @Mutation(() => Handover, {
    description: '谢绝交接 · Decline an assignment that was offered to you; whoever holds it stays responsible.',
  })
  @Access(ACCEPTS)
  declineHandover(
    @Context() ctx: Ctx,
    @Arg('input', () => CloseHandoverInput, { description: '内容 · Which, and why.' }) input: CloseHandoverInput,
  ): Promise<Handover> {
    return declineHandover(ctx, input);
  }

  @Mutation(() => Handover, { description: '撤回交接 · Take an offer back that nobody has accepted.' })
  @Access(roles('FRONTLINE_OFFICE'))
  withdrawHandover(
    @Context() ctx: Ctx,
    @Arg('input', () => CloseHandoverInput, { description: '内容 · Which, and why.' }) input: CloseHandoverInput,
  ): Promise<Handover> {
    return withdrawHandover(ctx, input);
  }

  @FieldResolver(() => ContactAssignment, { nullable: true, description: '定点联系 · What changes hands.' })
  assignment(@Root() { assignmentId }: Handover, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }

  @FieldResolver(() => ContactAssignment, {
    nullable: true,
    description: '接续联系 · The assignment that the successor holds since.',
  })
  nextAssignment(@Root() { nextAssignmentId }: Handover, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, nextAssignmentId);
  }

  @FieldResolver(() => Contactor, { nullable: true, description: '接收人 · Who is to answer for it.' })
  async successor(
    @Root() { assignmentId, successorId }: Handover,
    @Context() ctx: Ctx,
  ): Promise<Contactor | undefined> {
    const assignment = await byId(ctx, ContactAssignment, assignmentId);
    return assignment && contactorOf(ctx, assignment, successorId);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '地点 · Who is contacted, or the subdistrict of the patch that is held.',
  })
  async target(@Root() { assignmentId }: Handover, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, (await byId(ctx, ContactAssignment, assignmentId))?.placeId);
  }

  @FieldResolver(() => HandoverState, { description: '状态 · Where it stands today.' })
  async state(@Root() { assignmentId, acceptedOn, closedAs }: Handover, @Context() ctx: Ctx): Promise<HandoverState> {
    if (acceptedOn) return 'ACCEPTED';
    if (closedAs) return closedAs;
    const until = (await byId(ctx, ContactAssignment, assignmentId))?.validTo;
    return until && until <= ctx.today() ? 'LAPSED' : 'OFFERED';
  }

  @FieldResolver(() => [HandoverCase], {
    description: '未结案件 · Cases that came of its visits and are not closed, latest first, at most 20.',
  })
  openCases(@Root() { assignmentId }: Handover, @Context() ctx: Ctx): Promise<HandoverCase[]> {
    return openCasesOf(ctx, assignmentId);
  }

  @FieldResolver(() => [HandoverPromise], {
    description: '未兑现承诺 · Promises given at its visits and not kept, due first, at most 20.',
  })
  openPromises(@Root() { assignmentId }: Handover, @Context() ctx: Ctx): Promise<HandoverPromise[]> {
    return openPromisesOf(ctx, assignmentId);
  }

  @FieldResolver(() => [HandoverVisit], {
    description: '最近走访 · The last visits under it, latest first, at most 20.',
  })
  lastVisits(@Root() { assignmentId }: Handover, @Context() ctx: Ctx): Promise<HandoverVisit[]> {
    return lastVisitsOf(ctx, assignmentId);
  }
}

/** The list of a handover for whoever holds an assignment, however they came to it: nobody may have been there to hand it over. */
@Resolver(() => ContactAssignment)
export class HeldContactResolver {
  @FieldResolver(() => [HandoverCase], {
    nullable: true,
    description:
      '未结案件 · Cases that came of visits under it, or under those it goes on for, and are not closed, latest first, at most 20.',
  })
  @Access(STAFF)
  openCases(@Root() { id }: ContactAssignment, @Context() ctx: Ctx): Promise<HandoverCase[]> {
    return openCasesOf(ctx, id);
  }

  @FieldResolver(() => [HandoverPromise], {
    nullable: true,
    description:
      '未兑现承诺 · Promises given at visits under it, or under those it goes on for, and not kept, due first, at most 20.',
  })
  @Access(STAFF)
  openPromises(@Root() { id }: ContactAssignment, @Context() ctx: Ctx): Promise<HandoverPromise[]> {
    return openPromisesOf(ctx, id);
  }

  @FieldResolver(() => [HandoverVisit], {
    nullable: true,
    description: '最近走访 · The last visits under it and under those it goes on for, latest first, at most 20.',
  })
  @Access(STAFF)
  lastVisits(@Root() { id }: ContactAssignment, @Context() ctx: Ctx): Promise<HandoverVisit[]> {
    return lastVisitsOf(ctx, id);
  }
}
