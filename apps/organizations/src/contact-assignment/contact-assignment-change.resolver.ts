import { Arg, Ctx as Context, Mutation, Resolver } from 'type-graphql';
import { roles } from '@frontline/access';
import { Access, type Ctx } from '@frontline/platform';
import { AssignContactInput, ChangeLiaisonsInput, EndAssignmentInput } from './contact-assignment-change.inputs.ts';
import { assignContact, changeLiaisons, endAssignment } from './contact-assignment.commands.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/** Contact schemes are the Frontline Office's (table “Who may do what”), and so is who is fixed to whom under them. */
export const FIXES_CONTACTS = roles('FRONTLINE_OFFICE');

@Resolver(() => ContactAssignment)
export class ContactAssignmentChangeResolver {
  @Mutation(() => ContactAssignment, { description: '定点联系 · Fix contactors to a target under a scheme.' })
  @Access(FIXES_CONTACTS)
  assignContact(
    @Context() ctx: Ctx,
    @Arg('input', () => AssignContactInput, { description: '内容 · Who contacts whom.' }) input: AssignContactInput,
  ): Promise<ContactAssignment> {
    return assignContact(ctx, input);
  }

  @Mutation(() => ContactAssignment, { description: '终止联系 · End an assignment on a day.' })
  @Access(FIXES_CONTACTS)
  endAssignment(
    @Context() ctx: Ctx,
    @Arg('input', () => EndAssignmentInput, { description: '内容 · Which, when and why.' }) input: EndAssignmentInput,
  ): Promise<ContactAssignment> {
    return endAssignment(ctx, input);
  }

  @Mutation(() => ContactAssignment, { description: '调整联络员 · Say who goes along from today on.' })
  @Access(FIXES_CONTACTS)
  changeLiaisons(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangeLiaisonsInput, { description: '内容 · Which, and who.' }) input: ChangeLiaisonsInput,
  ): Promise<ContactAssignment> {
    return changeLiaisons(ctx, input);
  }
}
