import { Arg, Ctx as Context, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access, byId, type Ctx } from '@frontline/platform';
import { CadreStub } from '../directory/cadre-stub.ts';
import { disclosed } from '../household/unmasked-read.ts';
import { amendHomeVisit, withdrawHomeVisit } from './amend-home-visit.commands.ts';
import { AmendHomeVisitInput, WithdrawHomeVisitInput } from './amend-home-visit.inputs.ts';
import { WORDS, type Change } from './amendment.ts';
import { HomeVisitAmendment, HomeVisitChange } from './home-visit-amendment.entity.ts';
import { RECORDS_HOME_VISITS } from './home-visit.commands.ts';
import { HomeVisit } from './home-visit.entity.ts';
import { amendmentsOf } from './home-visit.queries.ts';

@Resolver(() => HomeVisit)
export class AmendHomeVisitResolver {
  @Mutation(() => HomeVisit, {
    description:
      '更正上门走访 · Amend what was recorded at a door; what was before is kept. Only who recorded it or went, for a limited time.',
  })
  @Access(RECORDS_HOME_VISITS)
  amendHomeVisit(
    @Context() ctx: Ctx,
    @Arg('input', () => AmendHomeVisitInput, { description: '内容 · What changes, and why.' })
    input: AmendHomeVisitInput,
  ): Promise<HomeVisit> {
    return amendHomeVisit(ctx, input);
  }

  @Mutation(() => HomeVisit, {
    description:
      '撤销上门走访 · Withdraw a visit that did not take place, or was recorded twice; its open cases are withdrawn, its history stays.',
  })
  @Access(RECORDS_HOME_VISITS)
  withdrawHomeVisit(
    @Context() ctx: Ctx,
    @Arg('input', () => WithdrawHomeVisitInput, { description: '内容 · Which visit, and why.' })
    input: WithdrawHomeVisitInput,
  ): Promise<HomeVisit> {
    return withdrawHomeVisit(ctx, input);
  }

  @FieldResolver(() => [HomeVisitAmendment], { description: '更正历史 · Its amendments, latest first.' })
  amendments(@Root() { id }: HomeVisit, @Context() ctx: Ctx): Promise<HomeVisitAmendment[]> {
    return amendmentsOf(ctx, id);
  }
}

@Resolver(() => HomeVisitAmendment)
export class HomeVisitAmendmentResolver {
  @FieldResolver(() => CadreStub, { nullable: true, description: '更正人 · The cadre who amended; null for others.' })
  by(@Root() { byCadreId }: HomeVisitAmendment): CadreStub | undefined {
    return byCadreId ? CadreStub.of(byCadreId) : undefined;
  }

  @FieldResolver(() => String, {
    name: 'reason',
    nullable: true,
    description: '理由 · Why; null unless the caller sees this household’s personal data.',
  })
  async reason(@Root() { homeVisitId, reason }: HomeVisitAmendment, @Context() ctx: Ctx): Promise<string | undefined> {
    const visit = await byId(ctx, HomeVisit, homeVisitId);
    return visit && disclosed<string | undefined>(ctx, visit, reason, undefined);
  }

  @FieldResolver(() => [HomeVisitChange], { description: '更正内容 · What it changed, with what was before.' })
  async changes(@Root() { homeVisitId, changed }: HomeVisitAmendment, @Context() ctx: Ctx): Promise<HomeVisitChange[]> {
    const changes = JSON.parse(changed) as Change[];
    const visit = await byId(ctx, HomeVisit, homeVisitId);
    const masked = changes.map((each) => (WORDS.includes(each.field) ? { ...each, before: null, after: null } : each));
    if (!visit) return masked;
    const holdsWords = changes.some(({ field }) => WORDS.includes(field));
    return holdsWords ? disclosed(ctx, visit, changes, masked) : changes;
  }
}
