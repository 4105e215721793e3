import { Args, ArgsType, Ctx as Context, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import {
  Access,
  byId,
  connect,
  connectUnder,
  LocalDate,
  PageArgs,
  sql,
  validOn,
  type Connection,
  type Ctx,
} from '@frontline/platform';
import { Organization } from '../organization/organization.entity.ts';
import { BranchPairing, BranchPairingConnection } from './branch-pairing.entity.ts';

@ArgsType()
export class PairingsArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · Those that hold on this day; today when absent.' })
  on?: string | null;
}

const order = [['t.valid_from', 'asc']] as const;

@Resolver(() => BranchPairing)
export class BranchPairingResolver {
  @Query(() => BranchPairingConnection, {
    nullable: true,
    description: '结对共建列表 · Pairings of branches on a day.',
  })
  @Access(SIGNED_IN)
  branchPairings(
    @Context() ctx: Ctx,
    @Args(() => PairingsArgs) { on, ...page }: PairingsArgs,
  ): Promise<Connection<BranchPairing>> {
    return connect(ctx, BranchPairing, page, { where: [validOn('t', on ?? ctx.today())], order });
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
    @Args(() => PairingsArgs) { on, ...page }: PairingsArgs,
  ): Promise<Connection<BranchPairing>> {
    return connectUnder(ctx, BranchPairing, id, page, {
      join: sql`cross join lateral (values (t.branch_id), (t.partner_id)) side(id)`,
      parent: sql.ref('side.id'),
      where: [validOn('t', on ?? ctx.today())],
      order,
    });
  }
}
