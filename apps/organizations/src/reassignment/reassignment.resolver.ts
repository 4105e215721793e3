import { Arg, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { roles } from '@frontline/access';
import { Access, byId, manyBy, type Ctx } from '@frontline/platform';
import { ContactAssignment, Contactor } from '../contact-assignment/contact-assignment.entity.ts';
import { contactorOf } from '../contact-assignment/contact-assignment.resolver.ts';
import { Handover } from '../handover/handover.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import { reassignContacts } from './reassignment.commands.ts';
import {
  Reassignment,
  ReassignmentConflict,
  ReassignmentMove,
  SEES_REASSIGNMENTS,
  StrandedAssignment,
  SuccessorLoad,
} from './reassignment.entity.ts';
import { ReassignContactsInput } from './reassignment.inputs.ts';

@Resolver(() => Reassignment)
export class ReassignmentResolver {
  @Query(() => Reassignment, {
    nullable: true,
    description: '批量调整 · One bulk reassignment that was carried out, by id; null when there is none.',
  })
  @Access(SEES_REASSIGNMENTS)
  reassignment(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Reassignment | undefined> {
    return byId(ctx, Reassignment, id);
  }

  @Mutation(() => Reassignment, {
    description:
      '批量调整联系 · Offer many assignments to successors at once. Run it dry first: it shows who gets what, which targets would be orphaned, who would be overloaded, and what stands in the way.',
  })
  @Access(roles('FRONTLINE_OFFICE'))
  reassignContacts(
    @Context() ctx: Ctx,
    @Arg('input', () => ReassignContactsInput, { description: '内容 · Whose, to whom, from when.' })
    input: ReassignContactsInput,
  ): Promise<Reassignment> {
    return reassignContacts(ctx, input);
  }

  @FieldResolver(() => Boolean, { description: '是否试运行 · Whether it was only shown.' })
  dryRun(@Root() { dryRun }: Reassignment): boolean {
    return dryRun ?? false;
  }

  @FieldResolver(() => [ReassignmentMove], {
    description: '调整项 · What changes hands, once it is accepted; at most 100.',
  })
  moves(@Root() { plan }: Reassignment): readonly ReassignmentMove[] {
    return plan.moves.map((move) => Object.assign(new ReassignmentMove(), move));
  }

  @FieldResolver(() => [StrandedAssignment], { description: '无人接收 · What nobody of the successors can take.' })
  stranded(@Root() { plan }: Reassignment): readonly StrandedAssignment[] {
    return plan.stranded.map((each) => Object.assign(new StrandedAssignment(), each));
  }

  @FieldResolver(() => [Organization], {
    description: '落空对象 · Targets that nobody would contact once who hands over has left.',
  })
  async orphanedTargets(@Root() { plan }: Reassignment, @Context() ctx: Ctx): Promise<Organization[]> {
    const ids = new Set(plan.stranded.filter(({ orphaned }) => orphaned).map(({ targetId }) => targetId));
    const found = await Promise.all([...ids].map((id) => byId(ctx, Organization, id)));
    return found.filter((each) => each !== undefined);
  }

  @FieldResolver(() => [SuccessorLoad], { description: '负荷 · How much each successor has, before and after.' })
  loads(@Root() { plan }: Reassignment): readonly SuccessorLoad[] {
    return plan.loads.map((load) => Object.assign(new SuccessorLoad(), load));
  }

  @FieldResolver(() => [ReassignmentConflict], {
    description: '冲突 · What stands in the way, by assignment and successor.',
  })
  conflicts(@Root() { plan }: Reassignment): readonly ReassignmentConflict[] {
    return plan.conflicts.map((conflict) => Object.assign(new ReassignmentConflict(), conflict));
  }

  @FieldResolver(() => [Handover], { description: '交接 · The offers that were made; none in a dry run.' })
  handovers(@Root() { id }: Reassignment, @Context() ctx: Ctx): Promise<Handover[]> {
    return manyBy(ctx, Handover, 'reassignmentId', id);
  }
}

/** Who a successor is: a cadre or an organization, as the assignment says. */
async function successorOf(ctx: Ctx, assignmentId: string, successorId: string): Promise<Contactor | undefined> {
  const assignment = await byId(ctx, ContactAssignment, assignmentId);
  return assignment && contactorOf(ctx, assignment, successorId);
}

@Resolver(() => ReassignmentMove)
export class ReassignmentMoveResolver {
  @FieldResolver(() => ContactAssignment, { nullable: true, description: '定点联系 · What changes hands.' })
  assignment(@Root() { assignmentId }: ReassignmentMove, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }

  @FieldResolver(() => Contactor, { nullable: true, description: '接收人 · Who is to take it.' })
  successor(
    @Root() { assignmentId, successorId }: ReassignmentMove,
    @Context() ctx: Ctx,
  ): Promise<Contactor | undefined> {
    return successorOf(ctx, assignmentId, successorId);
  }
}

@Resolver(() => StrandedAssignment)
export class StrandedAssignmentResolver {
  @FieldResolver(() => ContactAssignment, { nullable: true, description: '定点联系 · What nobody can take.' })
  assignment(
    @Root() { assignmentId }: StrandedAssignment,
    @Context() ctx: Ctx,
  ): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }
}

@Resolver(() => ReassignmentConflict)
export class ReassignmentConflictResolver {
  @FieldResolver(() => ContactAssignment, { nullable: true, description: '定点联系 · Which one.' })
  assignment(
    @Root() { assignmentId }: ReassignmentConflict,
    @Context() ctx: Ctx,
  ): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }

  @FieldResolver(() => Contactor, {
    nullable: true,
    description: '接收人 · In whose way it stands; null when it stands in everybody’s.',
  })
  async successor(
    @Root() { assignmentId, successorId }: ReassignmentConflict,
    @Context() ctx: Ctx,
  ): Promise<Contactor | undefined> {
    return successorId ? successorOf(ctx, assignmentId, successorId) : undefined;
  }
}
