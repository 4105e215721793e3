import { Arg, Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, LocalDate, type Connection, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER } from '../cadre/cadre-access.ts';
import { Cadre, CadreConnection } from '../cadre/cadre.entity.ts';
import { assignCadreLiaison, releaseCadreLiaison } from './liaison.commands.ts';
import { AssignLiaisonInput, LiaisonGapsArgs, ReleaseLiaisonInput } from './liaison.inputs.ts';
import { leadersOf, liaisonGaps, liaisonsOf } from './liaison.queries.ts';

const onDay = { nullable: true, description: '日期 · The day asked about; today when absent.' } as const;

async function cadresOf(ctx: Ctx, ids: readonly string[]): Promise<Cadre[]> {
  const found = await Promise.all(ids.map((id) => byId(ctx, Cadre, id)));
  return found.filter((each) => each !== undefined);
}

@Resolver(() => Cadre)
export class LiaisonResolver {
  @Query(() => CadreConnection, {
    nullable: true,
    description:
      '联络员缺口 · Division-level cadres who hold a contact assignment on a day under a scheme that asks for liaisons, and have none then, by staff number.',
  })
  @Access(STAFF)
  liaisonGaps(@Context() ctx: Ctx, @Args(() => LiaisonGapsArgs) args: LiaisonGapsArgs): Promise<Connection<Cadre>> {
    return liaisonGaps(ctx, args);
  }

  @Mutation(() => Cadre, {
    description: '指定联络员 · Assign an office cadre to go out with a leading one; a third at a time is refused.',
  })
  @Access(KEEPS_REGISTER)
  assignLiaison(
    @Context() ctx: Ctx,
    @Arg('input', () => AssignLiaisonInput, { description: '内容 · Who goes with whom, and when.' })
    input: AssignLiaisonInput,
  ): Promise<Cadre> {
    return assignCadreLiaison(ctx, input);
  }

  @Mutation(() => Cadre, { description: '解除联络员 · Release a liaison from a day on.' })
  @Access(KEEPS_REGISTER)
  releaseLiaison(
    @Context() ctx: Ctx,
    @Arg('input', () => ReleaseLiaisonInput, { description: '内容 · Who, and from which day.' })
    input: ReleaseLiaisonInput,
  ): Promise<Cadre> {
    return releaseCadreLiaison(ctx, input);
  }

  @FieldResolver(() => [Cadre], { description: '联络员 · The office cadres who go out with this one on a day.' })
  async liaisons(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Cadre[]> {
    const held = await liaisonsOf(ctx, id, on ?? ctx.today());
    return cadresOf(
      ctx,
      held.map(({ liaisonId }) => liaisonId),
    );
  }

  @FieldResolver(() => [Cadre], { description: '联络对象 · The leading cadres whom this one goes out with on a day.' })
  async liaisonOf(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Cadre[]> {
    const held = await leadersOf(ctx, id, on ?? ctx.today());
    return cadresOf(
      ctx,
      held.map(({ cadreId }) => cadreId),
    );
  }
}
