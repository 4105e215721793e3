import { Arg, Ctx as Context, Mutation, Resolver } from 'type-graphql';
import { Access, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER } from './cadre-access.ts';
import {
  BeginTemporaryPostingInput,
  ChangeCadreRankInput,
  ChangeMembershipInput,
  EndOnInput,
  GrantLeaveInput,
  RegisterCadreInput,
  TransferCadreInput,
} from './cadre-change.inputs.ts';
import {
  beginTemporaryPosting,
  changeCadreMembership,
  changeCadreRank,
  endCadreLeave,
  endTemporaryPosting,
  grantCadreLeave,
  registerCadre,
  transferCadre,
} from './cadre.commands.ts';
import { Cadre } from './cadre.entity.ts';

/** The changes of a cadre's career and status, each a verb of the register. */
@Resolver(() => Cadre)
export class CadreChangeResolver {
  @Mutation(() => Cadre, { description: '登记干部 · Enter a cadre into the register.' })
  @Access(KEEPS_REGISTER)
  registerCadre(
    @Context() ctx: Ctx,
    @Arg('input', () => RegisterCadreInput, { description: '内容 · Who enters, with rank and post.' })
    input: RegisterCadreInput,
  ): Promise<Cadre> {
    return registerCadre(ctx, input);
  }

  @Mutation(() => Cadre, { description: '调任 · Give a cadre another post from a day on, and another rank with it.' })
  @Access(KEEPS_REGISTER)
  transferCadre(
    @Context() ctx: Ctx,
    @Arg('input', () => TransferCadreInput, { description: '内容 · The post and its first day.' })
    input: TransferCadreInput,
  ): Promise<Cadre> {
    return transferCadre(ctx, input);
  }

  @Mutation(() => Cadre, { description: '变更职级 · Give a cadre another rank from a day on.' })
  @Access(KEEPS_REGISTER)
  changeCadreRank(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangeCadreRankInput, { description: '内容 · The rank and its first day.' })
    input: ChangeCadreRankInput,
  ): Promise<Cadre> {
    return changeCadreRank(ctx, input);
  }

  @Mutation(() => Cadre, { description: '变更政治面貌 · A cadre joins or leaves the Party or the League.' })
  @Access(KEEPS_REGISTER)
  changeCadreMembership(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangeMembershipInput, { description: '内容 · Which, and from when.' })
    input: ChangeMembershipInput,
  ): Promise<Cadre> {
    return changeCadreMembership(ctx, input);
  }

  @Mutation(() => Cadre, { description: '批准离岗休假 · Grant leave from a day on.' })
  @Access(KEEPS_REGISTER)
  grantLeave(
    @Context() ctx: Ctx,
    @Arg('input', () => GrantLeaveInput, { description: '内容 · From when, until when, and why.' })
    input: GrantLeaveInput,
  ): Promise<Cadre> {
    return grantCadreLeave(ctx, input);
  }

  @Mutation(() => Cadre, { description: '结束离岗休假 · End a leave; the cadre is back on that day.' })
  @Access(KEEPS_REGISTER)
  endLeave(
    @Context() ctx: Ctx,
    @Arg('input', () => EndOnInput, { description: '内容 · Whose, and the first day back.' }) input: EndOnInput,
  ): Promise<Cadre> {
    return endCadreLeave(ctx, input);
  }

  @Mutation(() => Cadre, { description: '挂职 · Post a cadre elsewhere for a time, beside their own post.' })
  @Access(KEEPS_REGISTER)
  beginTemporaryPosting(
    @Context() ctx: Ctx,
    @Arg('input', () => BeginTemporaryPostingInput, { description: '内容 · Where and when.' })
    input: BeginTemporaryPostingInput,
  ): Promise<Cadre> {
    return beginTemporaryPosting(ctx, input);
  }

  @Mutation(() => Cadre, { description: '结束挂职 · End a temporary posting earlier than planned.' })
  @Access(KEEPS_REGISTER)
  endTemporaryPosting(
    @Context() ctx: Ctx,
    @Arg('input', () => EndOnInput, { description: '内容 · Whose, and the first day back.' }) input: EndOnInput,
  ): Promise<Cadre> {
    return endTemporaryPosting(ctx, input);
  }
}
