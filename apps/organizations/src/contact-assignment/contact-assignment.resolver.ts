import { Arg, Args, Ctx as Context, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN, STAFF } from '@frontline/access';
import { Access, batched, byId, LocalDate, type Connection, type Ctx } from '@frontline/platform';
import { type Activity, ActivityConnection } from '../activity/activity.entity.ts';
import { ActivitiesArgs } from '../activity/activity.inputs.ts';
import { activitiesUnder } from '../activity/activity.queries.ts';
import { CadreStub } from '../directory/foreign-types.ts';
import { type Duty, DutyConnection } from '../duty/duty.entity.ts';
import { DutiesArgs, dutiesUnder } from '../duty/duty.queries.ts';
import { Organization } from '../organization/organization.entity.ts';
import { liaisonsOn } from './assignment-eligibility.ts';
import { predecessorsOf } from './assignment-line.ts';
import { ContactAssignment, ContactAssignmentConnection, Contactor } from './contact-assignment.entity.ts';
import { AssignmentsOnArgs, ContactAssignmentsArgs } from './contact-assignment.inputs.ts';
import { assignmentsOfContactor, contactAssignments, contactsOf } from './contact-assignment.queries.ts';

/** A contactor of an assignment, as the kind of its scheme says. */
export async function contactorOf(
  ctx: Ctx,
  { contactorKind: kind }: Pick<ContactAssignment, 'contactorKind'>,
  id: string,
): Promise<Contactor> {
  if (kind === 'CADRE') return { id, kind, cadre: CadreStub.of(id) };
  const organization = await byId(ctx, Organization, id);
  return { id, kind, ...(organization && { organization }) };
}

@Resolver(() => ContactAssignment)
export class ContactAssignmentResolver {
  @Query(() => ContactAssignmentConnection, { nullable: true, description: '定点联系列表 · Contact assignments.' })
  @Access(SIGNED_IN)
  contactAssignments(
    @Context() ctx: Ctx,
    @Args(() => ContactAssignmentsArgs) args: ContactAssignmentsArgs,
  ): Promise<Connection<ContactAssignment>> {
    return contactAssignments(ctx, args);
  }

  @FieldResolver(() => Contactor, { description: '联系主体 · Who answers for the assignment.' })
  contactor(@Root() assignment: ContactAssignment, @Context() ctx: Ctx): Promise<Contactor> {
    return contactorOf(ctx, assignment, assignment.contactorId);
  }

  @FieldResolver(() => [Contactor], { description: '全部联系主体 · Everyone who holds it, the answering one first.' })
  contactors(@Root() assignment: ContactAssignment, @Context() ctx: Ctx): Promise<Contactor[]> {
    return Promise.all(assignment.contactorIds.map((id) => contactorOf(ctx, assignment, id)));
  }

  @FieldResolver(() => [CadreStub], { description: '联络员 · Office cadres who go along.' })
  liaisons(
    @Root() assignment: ContactAssignment,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · Who went along on this day; now when absent.' })
    on?: string,
  ): CadreStub[] {
    const ids = on ? liaisonsOn(assignment, on) : assignment.liaisonIds;
    return ids.map((id) => CadreStub.of(id));
  }

  @FieldResolver(() => ContactAssignment, {
    nullable: true,
    description:
      '接续自 · The one that this one goes on for: it changed hands, followed a merger, lost one of a group, or ended with nobody to take it over; null for a first one.',
  })
  async continues(@Root() { id }: ContactAssignment, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    const before = await batched(ctx, 'assignment:continues', id, (ids) => predecessorsOf(ctx, ids));
    return byId(ctx, ContactAssignment, before?.[0]);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '对象 · The organization that is contacted; null where a patch is.',
  })
  target(@Root() { targetKind, targetId }: ContactAssignment, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, targetKind === 'ORGANIZATION' ? targetId : undefined);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '地点 · The organization that is contacted, or the subdistrict of the patch.',
  })
  place(@Root() { placeId }: ContactAssignment, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, placeId);
  }

  @FieldResolver(() => DutyConnection, { nullable: true, description: '联系任务 · What it owes, earliest first.' })
  @Access(STAFF)
  duties(
    @Root() { id }: ContactAssignment,
    @Context() ctx: Ctx,
    @Args(() => DutiesArgs) args: DutiesArgs,
  ): Promise<Connection<Duty>> {
    return dutiesUnder(ctx, 'assignment', id, args);
  }

  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: '走访活动 · What took place under it, latest first.',
  })
  @Access(STAFF)
  activities(
    @Root() { id }: ContactAssignment,
    @Context() ctx: Ctx,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
  ): Promise<Connection<Activity>> {
    return activitiesUnder(ctx, 'assignment', id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreContactsResolver {
  @FieldResolver(() => ContactAssignmentConnection, {
    nullable: true,
    description:
      '定点联系 · Assignments that this cadre holds on a day, alone or with others (a group of leaders holds a patch).',
  })
  assignments(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => AssignmentsOnArgs) args: AssignmentsOnArgs,
  ): Promise<Connection<ContactAssignment>> {
    return assignmentsOfContactor(ctx, id, args);
  }

  @FieldResolver(() => DutyConnection, {
    nullable: true,
    description:
      '联系任务 · Duties this cadre answers for, earliest first; what a group owes is under the assignments that it holds.',
  })
  duties(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => DutiesArgs) args: DutiesArgs,
  ): Promise<Connection<Duty>> {
    return dutiesUnder(ctx, 'contactor', id, args);
  }

  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: '走访活动 · Activities this cadre took part in, latest first.',
  })
  activities(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
  ): Promise<Connection<Activity>> {
    return activitiesUnder(ctx, 'cadre', id, args);
  }
}

@Resolver(() => Organization)
export class OrganizationContactsResolver {
  @FieldResolver(() => ContactAssignmentConnection, {
    nullable: true,
    description: '联系人 · Assignments fixed to this organization on a day.',
  })
  contacts(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => AssignmentsOnArgs) args: AssignmentsOnArgs,
  ): Promise<Connection<ContactAssignment>> {
    return contactsOf(ctx, id, args);
  }

  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: '走访活动 · What took place here, latest first.',
  })
  @Access(STAFF)
  activities(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
  ): Promise<Connection<Activity>> {
    return activitiesUnder(ctx, 'target', id, args);
  }
}
