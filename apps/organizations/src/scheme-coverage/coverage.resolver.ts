import { Arg, Args, ArgsType, Ctx as Context, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { SIGNED_IN, STAFF } from '@frontline/access';
import { Access, byId, LocalDate, PageArgs, type Connection, type Ctx } from '@frontline/platform';
import { Contactor } from '../contact-assignment/contact-assignment.entity.ts';
import { contactorOf } from '../contact-assignment/contact-assignment.resolver.ts';
import { ContactScheme } from '../contact-scheme/contact-scheme.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import {
  CoverageCount,
  CoverageGap,
  CoverageGapConnection,
  CoverageGapReason,
  SchemeCoverage,
} from './coverage.entity.ts';
import { countedAt, countOf, coverageByCode, coverageOf, gapsOf } from './coverage.queries.ts';
import type { GapReason } from './coverage-spells.ts';

@ArgsType()
class CoverageArgs {
  @Field(() => LocalDate, { nullable: true, description: '统计日 · As it was on this day; today when absent.' })
  asOf?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      '范围 · Only targets and contactors that stand in this organization or below it on that day, cadres by their posts; the whole district when absent.',
  })
  under?: string | null;
}

@ArgsType()
class CoverageGapsArgs extends PageArgs {
  @Field(() => [CoverageGapReason], {
    nullable: true,
    description: '原因 · Only gaps for one of these reasons; for any reason when absent.',
  })
  reasons?: GapReason[] | null;
}

@Resolver(() => SchemeCoverage)
export class SchemeCoverageResolver {
  @Query(() => SchemeCoverage, {
    nullable: true,
    description:
      '全覆盖 · Both sides of a scheme’s coverage on a day, with the gaps; null when there is no such scheme, or when its targets are households (assistanceCoverage).',
  })
  @Access(SIGNED_IN)
  coverage(
    @Context() ctx: Ctx,
    @Arg('scheme', () => String, { description: '联系制度 · Code of the scheme.' }) scheme: string,
    @Args(() => CoverageArgs) args: CoverageArgs,
  ): Promise<SchemeCoverage | undefined> {
    return coverageByCode(ctx, scheme, args);
  }

  @FieldResolver(() => ContactScheme, { nullable: true, description: '联系制度 · The scheme.' })
  scheme(@Root() { schemeId }: SchemeCoverage, @Context() ctx: Ctx): Promise<ContactScheme | undefined> {
    return byId(ctx, ContactScheme, schemeId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '范围 · The part of the district asked about.' })
  under(@Root() { underId }: SchemeCoverage, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, underId);
  }

  @FieldResolver(() => CoverageCount, { description: '联系主体 · Those who may be contactors.' })
  contactors(@Root() coverage: SchemeCoverage, @Context() ctx: Ctx): Promise<CoverageCount> {
    return countOf(ctx, coverage, 'CONTACTOR');
  }

  @FieldResolver(() => CoverageCount, { description: '联系对象 · Those to be contacted.' })
  targets(@Root() coverage: SchemeCoverage, @Context() ctx: Ctx): Promise<CoverageCount> {
    return countOf(ctx, coverage, 'TARGET');
  }

  @FieldResolver(() => CoverageGapConnection, {
    nullable: true,
    description: '主体缺口 · Eligible contactors of whom something is wanting, longest first.',
  })
  @Access(STAFF)
  contactorGaps(
    @Root() coverage: SchemeCoverage,
    @Context() ctx: Ctx,
    @Args(() => CoverageGapsArgs) args: CoverageGapsArgs,
  ): Promise<Connection<CoverageGap>> {
    return gapsOf(ctx, coverage, 'CONTACTOR', args);
  }

  @FieldResolver(() => CoverageGapConnection, {
    nullable: true,
    description: '对象缺口 · Targets of whom something is wanting, longest first.',
  })
  @Access(STAFF)
  targetGaps(
    @Root() coverage: SchemeCoverage,
    @Context() ctx: Ctx,
    @Args(() => CoverageGapsArgs) args: CoverageGapsArgs,
  ): Promise<Connection<CoverageGap>> {
    return gapsOf(ctx, coverage, 'TARGET', args);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: '更新时间 · When the figures were counted; nothing that they rest on has changed since.',
  })
  rebuiltAt(@Root() _coverage: SchemeCoverage, @Context() ctx: Ctx): Promise<Date | undefined> {
    return countedAt(ctx);
  }
}

@Resolver(() => ContactScheme)
export class ContactSchemeCoverageResolver {
  @FieldResolver(() => SchemeCoverage, {
    nullable: true,
    description:
      '覆盖 · Who is eligible and who is covered on a day, on both sides; null when the targets are households (assistanceCoverage).',
  })
  coverage(
    @Root() { id }: ContactScheme,
    @Context() ctx: Ctx,
    @Args(() => CoverageArgs) args: CoverageArgs,
  ): Promise<SchemeCoverage | undefined> {
    return coverageOf(ctx, id, args);
  }
}

@Resolver(() => CoverageGap)
export class CoverageGapResolver {
  @FieldResolver(() => Contactor, {
    nullable: true,
    description: '联系主体 · The cadre or organization that may contact; null when it is a target.',
  })
  async contactor(
    @Root() { side, subjectKind, subjectId }: CoverageGap,
    @Context() ctx: Ctx,
  ): Promise<Contactor | undefined> {
    return side === 'CONTACTOR' ? contactorOf(ctx, { contactorKind: subjectKind }, subjectId) : undefined;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '联系对象 · The organization to be contacted; null when it is a contactor.',
  })
  async target(@Root() { side, subjectId }: CoverageGap, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return side === 'TARGET' ? byId(ctx, Organization, subjectId) : undefined;
  }
}
