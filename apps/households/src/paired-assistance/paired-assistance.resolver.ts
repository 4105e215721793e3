import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, checkedId, LocalDate, PageArgs, type Connection, type Ctx } from '@frontline/platform';
import { CadreStub } from '../directory/cadre-stub.ts';
import { READS_HOUSEHOLDS } from '../household/household-access.ts';
import { Household, HouseholdConnection } from '../household/household.entity.ts';
import { assistanceCoverage, uncoveredHouseholds, unpairedCadres } from './assistance-coverage.ts';
import {
  AssistanceCoverage,
  PairedAssistance,
  PairedAssistanceConnection,
  UnpairedCadre,
  UnpairedCadreConnection,
} from './paired-assistance.entity.ts';
import { PairedAssistancesArgs } from './paired-assistance.inputs.ts';
import { assistanceOn, assistancesOf, pairedAssistances } from './paired-assistance.queries.ts';

const onDay = { nullable: true, description: '日期 · The day asked about; today when absent.' } as const;

@Resolver(() => PairedAssistance)
export class PairedAssistanceResolver {
  @Query(() => PairedAssistanceConnection, {
    nullable: true,
    description: '结对帮扶列表 · Paired assistances that the caller may see, by role and place.',
  })
  @Access(READS_HOUSEHOLDS)
  pairedAssistances(
    @Context() ctx: Ctx,
    @Args(() => PairedAssistancesArgs) args: PairedAssistancesArgs,
  ): Promise<Connection<PairedAssistance>> {
    return pairedAssistances(ctx, args);
  }

  @Query(() => PairedAssistance, {
    nullable: true,
    description: '结对帮扶 · One paired assistance by id; null when there is none that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  pairedAssistance(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<PairedAssistance | undefined> {
    return byId(ctx, PairedAssistance, id);
  }

  @Query(() => AssistanceCoverage, {
    nullable: true,
    description:
      '结对帮扶覆盖 · How far paired assistance reaches on a day; a statistic without any row of a household.',
  })
  @Access(STAFF)
  assistanceCoverage(
    @Context() ctx: Ctx,
    @Arg('asOf', () => LocalDate, { nullable: true, description: '统计日 · The day asked about; today when absent.' })
    asOf?: string,
    @Arg('within', () => ID, {
      nullable: true,
      description: '辖区 · Only households anywhere in this organization’s area; the whole district when absent.',
    })
    within?: string,
  ): Promise<AssistanceCoverage> {
    return assistanceCoverage(ctx, asOf ?? ctx.today(), within ? checkedId(within, 'within') : undefined);
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '帮扶干部 · The cadre who assists.' })
  cadre(@Root() assistance: PairedAssistance): CadreStub {
    return CadreStub.of(assistance.cadreId);
  }

  @FieldResolver(() => Household, { nullable: true, description: '家庭 · The household that is assisted.' })
  household(@Root() assistance: PairedAssistance, @Context() ctx: Ctx): Promise<Household | undefined> {
    return byId(ctx, Household, assistance.householdId);
  }
}

/** The gaps of both sides. */
@Resolver(() => AssistanceCoverage)
export class AssistanceCoverageResolver {
  @FieldResolver(() => UnpairedCadreConnection, {
    nullable: true,
    description:
      '干部缺口 · Active party cadres who assist no household; below a place, those who hold a post there on that day; of them those that the caller may see.',
  })
  cadreGaps(
    @Root() coverage: AssistanceCoverage,
    @Context() ctx: Ctx,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<UnpairedCadre>> {
    return unpairedCadres(ctx, coverage, page);
  }

  @FieldResolver(() => HouseholdConnection, {
    nullable: true,
    description: '家庭缺口 · Hardship households whom nobody assists, of those that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  householdGaps(
    @Root() coverage: AssistanceCoverage,
    @Context() ctx: Ctx,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Household>> {
    return uncoveredHouseholds(ctx, coverage, page);
  }
}

@Resolver(() => UnpairedCadre)
export class UnpairedCadreResolver {
  @FieldResolver(() => CadreStub, { nullable: true, description: '干部 · The cadre.' })
  cadre(@Root() { id }: UnpairedCadre): CadreStub {
    return CadreStub.of(id);
  }
}

@Resolver(() => Household)
export class HouseholdAssistanceResolver {
  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '帮扶干部 · The cadre who assists this household on a day; null when nobody does.',
  })
  async helper(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<CadreStub | undefined> {
    const assistance = await assistanceOn(ctx, household.id, on ?? ctx.today());
    return assistance && CadreStub.of(assistance.cadreId);
  }

  @FieldResolver(() => PairedAssistance, {
    nullable: true,
    description: '结对帮扶 · The paired assistance of this household on a day; null when there is none.',
  })
  assistance(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<PairedAssistance | undefined> {
    return assistanceOn(ctx, household.id, on ?? ctx.today());
  }

  @FieldResolver(() => [PairedAssistance], {
    description: '结对帮扶历史 · Every paired assistance of this household, latest first.',
  })
  assistanceHistory(@Root() household: Household, @Context() ctx: Ctx): Promise<PairedAssistance[]> {
    return assistancesOf(ctx, household.id);
  }
}
