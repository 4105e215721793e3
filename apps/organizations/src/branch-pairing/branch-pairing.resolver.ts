import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN, STAFF, roles } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { Organization } from '../organization/organization.entity.ts';
import { endPairing, pairBranches } from './branch-pairing.commands.ts';
import { BranchPairing, BranchPairingConnection } from './branch-pairing.entity.ts';
import { EndPairingInput, PairBranchesInput, PairingGapsArgs, PairingsArgs } from './branch-pairing.inputs.ts';
import { pairingGaps, pairings, pairingsOf } from './branch-pairing.queries.ts';

/** Branches are the Organization Department's, the method with its pairings the Frontline Office's. */
const PAIRS_BRANCHES = roles('FRONTLINE_OFFICE', 'ORG_DEPARTMENT');

@Resolver(() => BranchPairing)
export class BranchPairingResolver {
  @Query(() => BranchPairingConnection, {
    nullable: true,
    description: '结对共建列表 · Pairings of branches on a day.',
  })
  @Access(SIGNED_IN)
  branchPairings(
    @Context() ctx: Ctx,
    @Args(() => PairingsArgs) args: PairingsArgs,
  ): Promise<Connection<BranchPairing>> {
    return pairings(ctx, args);
  }

  @Query(() => BranchPairing, { nullable: true, description: '结对共建 · One pairing by id; null when there is none.' })
  @Access(SIGNED_IN)
  branchPairing(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<BranchPairing | undefined> {
    return byId(ctx, BranchPairing, id);
  }

  @Query(() => BranchPairingConnection, {
    nullable: true,
    description:
      '结对缺项清单 · Pairings that hold for 90 days or more of a year and have no plan for it, or none whose review both branches have concluded.',
  })
  @Access(STAFF)
  pairingGaps(
    @Context() ctx: Ctx,
    @Args(() => PairingGapsArgs) args: PairingGapsArgs,
  ): Promise<Connection<BranchPairing>> {
    return pairingGaps(ctx, args);
  }

  @Mutation(() => BranchPairing, { description: '支部结对 · Pair two branches.' })
  @Access(PAIRS_BRANCHES)
  pairBranches(
    @Context() ctx: Ctx,
    @Arg('input', () => PairBranchesInput, { description: '内容 · Which two, since when, why.' })
    input: PairBranchesInput,
  ): Promise<BranchPairing> {
    return pairBranches(ctx, input);
  }

  @Mutation(() => BranchPairing, { description: '终止结对 · End a pairing on a day.' })
  @Access(PAIRS_BRANCHES)
  endPairing(
    @Context() ctx: Ctx,
    @Arg('input', () => EndPairingInput, { description: '内容 · Which, when and why.' }) input: EndPairingInput,
  ): Promise<BranchPairing> {
    return endPairing(ctx, input);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '支部 · The branch of an office, enterprise or institution.',
  })
  branch(@Root() { branchId }: BranchPairing, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, branchId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '共建支部 · The community or two-new branch.' })
  partner(@Root() { partnerId }: BranchPairing, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, partnerId);
  }
}

@Resolver(() => Organization)
export class PairedOrganizationResolver {
  @FieldResolver(() => BranchPairingConnection, {
    nullable: true,
    description: '结对共建 · Pairings of this branch on a day.',
  })
  pairings(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => PairingsArgs) args: PairingsArgs,
  ): Promise<Connection<BranchPairing>> {
    return pairingsOf(ctx, id, args);
  }
}
