import { Arg, Ctx as Context, Mutation, Resolver } from 'type-graphql';
import { roles } from '@frontline/access';
import { Access, type Ctx } from '@frontline/platform';
import {
  CreateOrganizationInput,
  DissolveOrganizationInput,
  LocateOrganizationInput,
  MergeOrganizationsInput,
  MoveOrganizationInput,
  RenameOrganizationInput,
  SplitOrganizationInput,
} from './organization-change.inputs.ts';
import {
  createOrganization,
  locateOrganization,
  moveOrganization,
  renameOrganization,
} from './organization.commands.ts';
import { Organization } from './organization.entity.ts';
import { dissolveOrganization, mergeOrganizations, splitOrganization } from './succession.commands.ts';

/**
 * Who keeps the trees. Everybody's places rest on them, so that they are configuration of the platform, which the table
 * “Who may do what” gives to ADMIN; the Organization Department keeps persons, the Frontline Office reads.
 */
export const KEEPS_TREES = roles('ADMIN');

@Resolver(() => Organization)
export class OrganizationChangeResolver {
  @Mutation(() => Organization, { description: '设立组织 · Bring an organization into being.' })
  @Access(KEEPS_TREES)
  createOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => CreateOrganizationInput, { description: '内容 · What it is.' }) input: CreateOrganizationInput,
  ): Promise<Organization> {
    return createOrganization(ctx, input);
  }

  @Mutation(() => Organization, { description: '更名 · Give an organization another name from a day on.' })
  @Access(KEEPS_TREES)
  renameOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => RenameOrganizationInput, { description: '内容 · Which, and the name.' })
    input: RenameOrganizationInput,
  ): Promise<Organization> {
    return renameOrganization(ctx, input);
  }

  @Mutation(() => Organization, { description: '调整隶属 · Put an organization under another one from a day on.' })
  @Access(KEEPS_TREES)
  moveOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => MoveOrganizationInput, { description: '内容 · Which, and where to.' })
    input: MoveOrganizationInput,
  ): Promise<Organization> {
    return moveOrganization(ctx, input);
  }

  @Mutation(() => Organization, {
    description: '标定位置与范围 · Give an organization another centre or outline from a day on.',
  })
  @Access(KEEPS_TREES)
  locateOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => LocateOrganizationInput, { description: '内容 · Which, and where.' })
    input: LocateOrganizationInput,
  ): Promise<Organization> {
    return locateOrganization(ctx, input);
  }

  @Mutation(() => Organization, { description: '拆分组织 · Give residential areas of an organization to others.' })
  @Access(KEEPS_TREES)
  splitOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => SplitOrganizationInput, { description: '内容 · Which, and what goes where.' })
    input: SplitOrganizationInput,
  ): Promise<Organization> {
    return splitOrganization(ctx, input);
  }

  @Mutation(() => Organization, {
    description: '合并组织 · Let one organization take over others whole; gives the successor.',
  })
  @Access(KEEPS_TREES)
  mergeOrganizations(
    @Context() ctx: Ctx,
    @Arg('input', () => MergeOrganizationsInput, { description: '内容 · Which, and into which.' })
    input: MergeOrganizationsInput,
  ): Promise<Organization> {
    return mergeOrganizations(ctx, input);
  }

  @Mutation(() => Organization, { description: '撤销组织 · End an organization without a successor.' })
  @Access(KEEPS_TREES)
  dissolveOrganization(
    @Context() ctx: Ctx,
    @Arg('input', () => DissolveOrganizationInput, { description: '内容 · Which, and when.' })
    input: DissolveOrganizationInput,
  ): Promise<Organization> {
    return dissolveOrganization(ctx, input);
  }
}
