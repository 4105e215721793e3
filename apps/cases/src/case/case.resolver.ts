import {
  Arg,
  Args,
  Ctx as Context,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { SIGNED_IN, STAFF, roles } from '@frontline/access';
import {
  Access,
  batched,
  byId,
  connect,
  idempotently,
  manyBy,
  PageArgs,
  SAME_AS_PARENT,
  sql,
  type Connection,
  type Ctx,
  toEntities,
} from '@frontline/platform';
import { CaseCategory, CaseCategoryConnection } from '../category/case-category.entity.ts';
import {
  ActivityStub,
  CadreStub,
  DemandStub,
  HomeVisitStub,
  HouseholdStub,
  OrganizationStub,
  stub,
} from '../directory/foreign-types.ts';
import { SourceKind } from './case-enums.ts';
import { acceptCase } from './case.commands.ts';
import { Case, CaseConnection, CaseMove } from './case.entity.ts';
import { caseByNumber, cases, CasesArgs, casesUnder } from './case.queries.ts';

@ObjectType({ description: '案件来源 · What recorded the demand behind a case.' })
@Access(SAME_AS_PARENT)
export class CaseSource {
  @Field(() => SourceKind, { description: '类别 · Which kind of visit.' })
  kind!: SourceKind;

  @Field(() => ActivityStub, { nullable: true, description: '走访活动 · The activity, if it was one.' })
  activity?: ActivityStub;

  @Field(() => HomeVisitStub, { nullable: true, description: '上门走访 · The visit at a door, if it was one.' })
  homeVisit?: HomeVisitStub;
}

@InputType({ description: '受理 · Finds that the district must answer a case.' })
export class AcceptCaseInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '案件 · The case.' })
  caseId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one is refused.' })
  expectedVersion?: number | null;
}

@Resolver(() => Case)
export class CaseResolver {
  @Query(() => CaseConnection, { nullable: true, description: '案件列表 · Cases you may see.' })
  @Access(STAFF)
  cases(@Context() ctx: Ctx, @Args(() => CasesArgs) args: CasesArgs): Promise<Connection<Case>> {
    return cases(ctx, args);
  }

  @Query(() => Case, {
    nullable: true,
    description: '案件 · One case, by id or by number; null when there is none that you may see.',
  })
  @Access(STAFF)
  case(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('number', () => String, { nullable: true, description: '编号 · Number.' }) number?: string,
  ): Promise<Case | undefined> {
    return number ? caseByNumber(ctx, number) : byId(ctx, Case, id);
  }

  @Query(() => CaseCategoryConnection, { nullable: true, description: '案件类别 · Categories of cases, by code.' })
  @Access(SIGNED_IN)
  caseCategories(@Context() ctx: Ctx, @Args(() => PageArgs) page: PageArgs): Promise<Connection<CaseCategory>> {
    return connect(ctx, CaseCategory, page, { order: [['t.code', 'asc']] });
  }

  @Mutation(() => Case, { description: '受理案件 · Accepts a registered case.' })
  @Access(roles('DISPATCH_CENTRE', 'SUBDISTRICT'))
  acceptCase(
    @Context() ctx: Ctx,
    @Arg('input', () => AcceptCaseInput, { description: '内容 · Which case.' }) input: AcceptCaseInput,
  ): Promise<Case> {
    return idempotently(ctx, 'acceptCase', Case, input, (tx) => acceptCase(tx, input.caseId, input.expectedVersion));
  }

  @FieldResolver(() => Boolean, { description: '是否逾期 · Whether the promise to the resident was or is broken.' })
  wasOverdue(@Root() found: Case, @Context() ctx: Ctx): boolean {
    return found.wasOverdue(ctx.now());
  }

  @FieldResolver(() => Boolean, { description: '是否未结 · Whether somebody must still do something.' })
  isOpen(@Root() found: Case): boolean {
    return found.isOpen;
  }

  @FieldResolver(() => CaseCategory, { nullable: true, description: '类别 · What it is about.' })
  category(@Root() { categoryCode }: Case, @Context() ctx: Ctx): Promise<CaseCategory | undefined> {
    return batched(ctx, 'categoryByCode', categoryCode, async (codes) => {
      const { rows } = await sql<
        Record<string, unknown>
      >`select * from case_category where code = any(${codes}::text[])`.execute(ctx.em.getKysely());
      return new Map(toEntities(ctx.em, CaseCategory, rows).map((found) => [found.code, found]));
    });
  }

  @FieldResolver(() => [CaseMove], { description: '办理过程 · Its states with who held it, earliest first.' })
  moves(@Root() { id }: Case, @Context() ctx: Ctx): Promise<CaseMove[]> {
    return manyBy(ctx, CaseMove, 'caseId', id, { order: [['t.at', 'asc']] });
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '所在地 · The organization it concerns.' })
  area(@Root() { areaId }: Case): OrganizationStub {
    return stub(OrganizationStub, areaId);
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '承办单位 · The organization that leads it.' })
  leadOrganization(@Root() { leadOrganizationId }: Case): OrganizationStub | undefined {
    return leadOrganizationId ? stub(OrganizationStub, leadOrganizationId) : undefined;
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '经办人 · The cadre who holds it now.' })
  holder(@Root() { holderCadreId }: Case): CadreStub | undefined {
    return holderCadreId ? stub(CadreStub, holderCadreId) : undefined;
  }

  @FieldResolver(() => HouseholdStub, { nullable: true, description: '家庭 · The household it concerns, if one.' })
  household(@Root() { householdId }: Case): HouseholdStub | undefined {
    return householdId ? stub(HouseholdStub, householdId) : undefined;
  }

  @FieldResolver(() => DemandStub, {
    nullable: true,
    description: '诉求 · The demand it answers, when an activity recorded it; its words are there.',
  })
  demand(@Root() { demandId, sourceKind }: Case): DemandStub | undefined {
    return demandId && sourceKind === 'ACTIVITY' ? stub(DemandStub, demandId) : undefined;
  }

  @FieldResolver(() => CaseSource, { nullable: true, description: '来源 · The activity or visit that voiced it.' })
  source(@Root() { sourceKind: kind, sourceId }: Case): CaseSource | undefined {
    if (!kind || !sourceId) return undefined;
    return {
      kind,
      ...(kind === 'ACTIVITY'
        ? { activity: stub(ActivityStub, sourceId) }
        : { homeVisit: stub(HomeVisitStub, sourceId) }),
    };
  }
}

@Resolver(() => CaseMove)
export class CaseMoveResolver {
  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '单位 · The organization that held it from then on.',
  })
  organization(@Root() { organizationId }: CaseMove): OrganizationStub | undefined {
    return organizationId ? stub(OrganizationStub, organizationId) : undefined;
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '经办人 · Who made the move.' })
  by(@Root() { byCadreId }: CaseMove): CadreStub | undefined {
    return byCadreId ? stub(CadreStub, byCadreId) : undefined;
  }
}

@Resolver(() => OrganizationStub)
export class OrganizationCasesResolver {
  @FieldResolver(() => CaseConnection, {
    nullable: true,
    description: '案件 · Cases that concern this organization or something below it.',
  })
  @Access(STAFF)
  cases(
    @Root() { id }: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => CasesArgs) args: CasesArgs,
  ): Promise<Connection<Case>> {
    return casesUnder(ctx, 'area', id, args);
  }

  @FieldResolver(() => CaseConnection, {
    nullable: true,
    description: '承办案件 · Cases that this organization leads.',
  })
  @Access(STAFF)
  leadCases(
    @Root() { id }: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => CasesArgs) args: CasesArgs,
  ): Promise<Connection<Case>> {
    return casesUnder(ctx, 'lead', id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreCasesResolver {
  @FieldResolver(() => CaseConnection, { nullable: true, description: '未结案件 · Open cases that this cadre holds.' })
  @Access(STAFF)
  openCases(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => CasesArgs) args: CasesArgs,
  ): Promise<Connection<Case>> {
    return casesUnder(ctx, 'holder', id, { ...args, filter: { ...args.filter, open: true } });
  }
}

@Resolver(() => HouseholdStub)
export class HouseholdCasesResolver {
  @FieldResolver(() => CaseConnection, { nullable: true, description: '案件 · Cases that concern this household.' })
  @Access(STAFF)
  cases(
    @Root() { id }: HouseholdStub,
    @Context() ctx: Ctx,
    @Args(() => CasesArgs) args: CasesArgs,
  ): Promise<Connection<Case>> {
    return casesUnder(ctx, 'household', id, args);
  }
}

@Resolver(() => DemandStub)
export class DemandCaseResolver {
  @FieldResolver(() => Case, {
    nullable: true,
    description: '案件 · The case that this demand opened, if it did and you may see it.',
  })
  @Access(STAFF)
  case(@Root() { id }: DemandStub, @Context() ctx: Ctx): Promise<Case | undefined> {
    return manyBy(ctx, Case, 'demandId', id).then(([found]) => found);
  }
}
