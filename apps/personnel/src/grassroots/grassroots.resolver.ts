import { Arg, Ctx as Context, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, LocalDate, type Ctx } from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { GrassrootsExperience, GrassrootsExperienceShare } from './grassroots-experience.entity.ts';
import { experienceOf, grassrootsExperienceShare } from './grassroots.queries.ts';

@Resolver(() => GrassrootsExperience)
export class GrassrootsResolver {
  @Query(() => GrassrootsExperienceShare, {
    nullable: true,
    description:
      '基层经历统计 · The share of division-level cadres and newly recruited young office cadres without grassroots experience.',
  })
  @Access(STAFF)
  grassrootsExperience(
    @Context() ctx: Ctx,
    @Arg('asOf', () => LocalDate, { nullable: true, description: '统计日 · The day asked about; today when absent.' })
    asOf?: string,
  ): Promise<GrassrootsExperienceShare> {
    return grassrootsExperienceShare(ctx, asOf ?? ctx.today());
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
  experience(@Root() cadre: Cadre, @Context() ctx: Ctx): Promise<GrassrootsExperience[]> {
    return experienceOf(ctx, cadre.id);
  }
}
