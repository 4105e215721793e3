import { Arg, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, LocalDate, type Ctx } from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { KEEPS_REGISTER } from '../cadre/cadre-access.ts';
import { recordExperience } from './experience.commands.ts';
import { RecordExperienceInput } from './experience.inputs.ts';
import {
  ExperiencePopulation,
  GrassrootsExperience,
  GrassrootsExperienceShare,
} from './grassroots-experience.entity.ts';
import { experienceOf, grassrootsExperienceShare } from './grassroots.queries.ts';

@Resolver(() => GrassrootsExperience)
export class GrassrootsResolver {
  @Query(() => GrassrootsExperienceShare, {
    nullable: true,
    description: '基层经历统计 · The share of a population of a day without grassroots experience until then.',
  })
  @Access(STAFF)
  grassrootsExperience(
    @Context() ctx: Ctx,
    @Arg('asOf', () => LocalDate, { nullable: true, description: '统计日 · The day asked about; today when absent.' })
    asOf?: string,
    @Arg('population', () => ExperiencePopulation, {
      defaultValue: 'DIVISION_AND_YOUNG',
      description: '人群 · Whom to count.',
    })
    population: ExperiencePopulation = 'DIVISION_AND_YOUNG',
  ): Promise<GrassrootsExperienceShare> {
    return grassrootsExperienceShare(ctx, asOf ?? ctx.today(), population);
  }

  @Mutation(() => Cadre, { description: '登记基层经历 · Put a period served at the grassroots on a cadre’s record.' })
  @Access(KEEPS_REGISTER)
  recordExperience(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordExperienceInput, { description: '内容 · Who, where, how and when.' })
    input: RecordExperienceInput,
  ): Promise<Cadre> {
    return recordExperience(ctx, input);
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '单位 · Where it was served.' })
  organization(@Root() experience: GrassrootsExperience): OrganizationStub {
    return OrganizationStub.of(experience.organizationId);
  }
}

@Resolver(() => Cadre)
export class CadreExperienceResolver {
  @FieldResolver(() => [GrassrootsExperience], {
    description: '基层经历 · Periods served at the grassroots, latest first.',
  })
  async experience(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Arg('asOf', () => LocalDate, {
      nullable: true,
      description: '日期 · Only those begun by this day; all when absent.',
    })
    asOf?: string,
  ): Promise<GrassrootsExperience[]> {
    const periods = await experienceOf(ctx, id);
    return asOf ? periods.filter(({ validFrom }) => validFrom <= asOf) : periods;
  }
}
