import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN, roles } from '@frontline/access';
import { Access, byId, LocalDate, type Connection, type Ctx } from '@frontline/platform';
import { ContactAssignment, ContactAssignmentConnection } from '../contact-assignment/contact-assignment.entity.ts';
import { AssignmentsOnArgs } from '../contact-assignment/contact-assignment.inputs.ts';
import { contactsOfPatch } from '../contact-assignment/contact-assignment.queries.ts';
import { Organization } from '../organization/organization.entity.ts';
import { changePatch, createPatch, dissolvePatch } from './patch.commands.ts';
import { Patch, PatchConnection } from './patch.entity.ts';
import { ChangePatchInput, CreatePatchInput, DissolvePatchInput, PatchesArgs } from './patch.inputs.ts';
import { areasOfPatch, patchesOf, patchOfArea } from './patch.queries.ts';

/** A subdistrict's leadership divides its areas; which subdistrict is decided by place. */
const ARRANGES_PATCHES = roles('FRONTLINE_OFFICE', 'SUBDISTRICT');

const onDay = { nullable: true, description: '日期 · As it was on this day; today when absent.' } as const;

@Resolver(() => Patch)
export class PatchResolver {
  @Query(() => Patch, { nullable: true, description: '片 · One patch by id; null when there is none.' })
  @Access(SIGNED_IN)
  patch(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Patch | undefined> {
    return byId(ctx, Patch, id);
  }

  @Mutation(() => Patch, { description: '划片 · Put residential areas of a subdistrict together.' })
  @Access(ARRANGES_PATCHES)
  createPatch(
    @Context() ctx: Ctx,
    @Arg('input', () => CreatePatchInput, { description: '内容 · Which areas, since when.' }) input: CreatePatchInput,
  ): Promise<Patch> {
    return createPatch(ctx, input);
  }

  @Mutation(() => Patch, { description: '调整片区 · Say which residential areas a patch holds from a day on.' })
  @Access(ARRANGES_PATCHES)
  changePatch(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangePatchInput, { description: '内容 · Which, and since when.' }) input: ChangePatchInput,
  ): Promise<Patch> {
    return changePatch(ctx, input);
  }

  @Mutation(() => Patch, { description: '撤销片区 · End a patch on a day, and what is held of it.' })
  @Access(ARRANGES_PATCHES)
  dissolvePatch(
    @Context() ctx: Ctx,
    @Arg('input', () => DissolvePatchInput, { description: '内容 · Which, and when.' }) input: DissolvePatchInput,
  ): Promise<Patch> {
    return dissolvePatch(ctx, input);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '街镇 · The subdistrict or town.' })
  subdistrict(@Root() { subdistrictId }: Patch, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, subdistrictId);
  }

  @FieldResolver(() => [Organization], {
    nullable: true,
    description: '居民区 · Its residential areas on a day, by code.',
  })
  areas(
    @Root() { id }: Patch,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Organization[]> {
    return areasOfPatch(ctx, id, on ?? ctx.today());
  }

  @FieldResolver(() => ContactAssignmentConnection, {
    nullable: true,
    description: '联系人 · Who holds it on a day: a group of leaders under one assignment.',
  })
  contacts(
    @Root() { id }: Patch,
    @Context() ctx: Ctx,
    @Args(() => AssignmentsOnArgs) args: AssignmentsOnArgs,
  ): Promise<Connection<ContactAssignment>> {
    return contactsOfPatch(ctx, id, args);
  }
}

@Resolver(() => Organization)
export class PatchedOrganizationResolver {
  @FieldResolver(() => PatchConnection, { nullable: true, description: '片 · Patches of this subdistrict on a day.' })
  patches(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => PatchesArgs) args: PatchesArgs,
  ): Promise<Connection<Patch>> {
    return patchesOf(ctx, id, args);
  }

  @FieldResolver(() => Patch, {
    nullable: true,
    description: '所在片 · The patch that this residential area is in on a day; null when it is in none.',
  })
  patch(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Patch | undefined> {
    return patchOfArea(ctx, id, on ?? ctx.today());
  }
}

@Resolver(() => ContactAssignment)
export class PatchAssignmentResolver {
  @FieldResolver(() => Patch, {
    nullable: true,
    description: '片 · The patch that is held, where the target is one; null for organizations.',
  })
  patch(@Root() { targetKind, targetId }: ContactAssignment, @Context() ctx: Ctx): Promise<Patch | undefined> {
    return byId(ctx, Patch, targetKind === 'PATCH' ? targetId : undefined);
  }
}
