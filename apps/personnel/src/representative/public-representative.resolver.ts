import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER, nameFor } from '../cadre/cadre-access.ts';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { endRepresentative, registerRepresentative, renewRepresentative } from './public-representative.commands.ts';
import { PublicRepresentative, PublicRepresentativeConnection } from './public-representative.entity.ts';
import {
  EndRepresentativeInput,
  PublicRepresentativesArgs,
  RegisterRepresentativeInput,
  RenewRepresentativeInput,
} from './public-representative.inputs.ts';
import { publicRepresentatives, termsOf } from './public-representative.queries.ts';

@Resolver(() => PublicRepresentative)
export class PublicRepresentativeResolver {
  @Query(() => PublicRepresentativeConnection, {
    nullable: true,
    description: '两代表一委员列表 · Party delegates, people’s-congress deputies and CPPCC members, latest term first.',
  })
  @Access(STAFF)
  publicRepresentatives(
    @Context() ctx: Ctx,
    @Args(() => PublicRepresentativesArgs) args: PublicRepresentativesArgs,
  ): Promise<Connection<PublicRepresentative>> {
    return publicRepresentatives(ctx, args);
  }

  @Query(() => PublicRepresentative, {
    nullable: true,
    description: '代表 · One representative by id; null when there is none.',
  })
  @Access(STAFF)
  publicRepresentative(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<PublicRepresentative | undefined> {
    return byId(ctx, PublicRepresentative, id);
  }

  @Mutation(() => PublicRepresentative, { description: '登记代表 · Register somebody for a first term.' })
  @Access(KEEPS_REGISTER)
  registerRepresentative(
    @Context() ctx: Ctx,
    @Arg('input', () => RegisterRepresentativeInput, { description: '内容 · Who, and for which term.' })
    input: RegisterRepresentativeInput,
  ): Promise<PublicRepresentative> {
    return registerRepresentative(ctx, input);
  }

  @Mutation(() => PublicRepresentative, {
    description: '续任 · Continue a term with another one; the new term is returned.',
  })
  @Access(KEEPS_REGISTER)
  renewRepresentative(
    @Context() ctx: Ctx,
    @Arg('input', () => RenewRepresentativeInput, { description: '内容 · Which term, and the new one.' })
    input: RenewRepresentativeInput,
  ): Promise<PublicRepresentative> {
    return renewRepresentative(ctx, input);
  }

  @Mutation(() => PublicRepresentative, { description: '提前结束任期 · End a term before its time.' })
  @Access(KEEPS_REGISTER)
  endRepresentative(
    @Context() ctx: Ctx,
    @Arg('input', () => EndRepresentativeInput, { description: '内容 · Which, from when, and why.' })
    input: EndRepresentativeInput,
  ): Promise<PublicRepresentative> {
    return endRepresentative(ctx, input);
  }

  @FieldResolver(() => String, { description: '姓名 · Name; masked for those who do not work with representatives.' })
  name(@Root() representative: PublicRepresentative, @Context() { actor }: Ctx): string {
    return nameFor(actor, representative.name);
  }

  @FieldResolver(() => Cadre, {
    nullable: true,
    description: '干部 · The cadre who is this representative, if one is.',
  })
  cadre(@Root() representative: PublicRepresentative, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, representative.cadreId);
  }

  @FieldResolver(() => PublicRepresentative, {
    nullable: true,
    description: '前一任期 · The term that this one continues.',
  })
  previous(
    @Root() { previousId }: PublicRepresentative,
    @Context() ctx: Ctx,
  ): Promise<PublicRepresentative | undefined> {
    return byId(ctx, PublicRepresentative, previousId);
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '选区 · Whose people elected this representative, where there is a constituency.',
  })
  constituency(@Root() representative: PublicRepresentative): OrganizationStub | undefined {
    return representative.constituencyId ? OrganizationStub.of(representative.constituencyId) : undefined;
  }
}

@Resolver(() => Cadre)
export class CadreTermsResolver {
  @FieldResolver(() => [PublicRepresentative], {
    description: '代表任期 · Terms of this cadre as delegate, deputy or member, latest first.',
  })
  terms(@Root() { id }: Cadre, @Context() ctx: Ctx): Promise<PublicRepresentative[]> {
    return termsOf(ctx, id);
  }
}
