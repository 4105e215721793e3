import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, connect, LocalDate, sql, type Connection, type Ctx } from '@frontline/platform';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { nameFor, PERSONNEL_RECORD } from './cadre-access.ts';
import { CadreRank, CadreStatus, StatusReason } from './cadre-enums.ts';
import { Cadre, CadreConnection, Membership, Post, RankPeriod, StatusPeriod } from './cadre.entity.ts';
import { FIRST_STATUS } from './cadre-status.ts';
import { CadresArgs, StaffArgs } from './cadre.inputs.ts';
import { auditPersonnelRecord } from './personnel-record-read.ts';
import { cadres, membershipsOf, postsOf, ranksOf, staffOf, statusesOf, statusOn } from './cadre.queries.ts';

const onDay = { nullable: true, description: '日期 · The day asked about; today when absent.' } as const;

@Resolver(() => Cadre)
export class CadreResolver {
  @Query(() => CadreConnection, { nullable: true, description: '干部列表 · Cadres of the district.' })
  @Access(STAFF)
  cadres(@Context() ctx: Ctx, @Args(() => CadresArgs) args: CadresArgs): Promise<Connection<Cadre>> {
    return cadres(ctx, args);
  }

  @Query(() => Cadre, {
    nullable: true,
    description: '干部 · One cadre, by id or by staff number; null when there is none.',
  })
  @Access(STAFF)
  async cadre(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('staffNumber', () => String, { nullable: true, description: '工号 · Staff number.' }) staffNumber?: string,
  ): Promise<Cadre | undefined> {
    if (!staffNumber) return byId(ctx, Cadre, id);
    const found = await connect(
      ctx,
      Cadre,
      { first: 1 },
      { where: [sql`t.staff_number = ${staffNumber}`, id ? sql`t.id::text = ${id}` : undefined] },
    );
    return found.nodes[0];
  }

  @FieldResolver(() => String, { description: '姓名 · Name; masked for those who do not work with cadres.' })
  name(@Root() cadre: Cadre, @Context() { actor }: Ctx): string {
    return nameFor(actor, cadre.name);
  }

  @FieldResolver(() => LocalDate, { nullable: true, description: '出生日期 · Date of birth; reading it is audited.' })
  @Access(PERSONNEL_RECORD)
  async bornOn(@Root() { id, bornOn }: Cadre, @Context() ctx: Ctx): Promise<string> {
    await auditPersonnelRecord(ctx, id);
    return bornOn;
  }

  @FieldResolver(() => CadreStatus, {
    description: '在职状态 · Whether this cadre is at their post on a day; before recruitment, the first status.',
  })
  async status(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<CadreStatus> {
    return (await statusOn(ctx, id, on ?? ctx.today()))?.status ?? FIRST_STATUS;
  }

  @FieldResolver(() => LocalDate, { description: '状态起始日 · Since when the status of a day holds.' })
  async statusSince(
    @Root() cadre: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<string> {
    return (await statusOn(ctx, cadre.id, on ?? ctx.today()))?.validFrom ?? cadre.recruitedOn;
  }

  @FieldResolver(() => [StatusPeriod], {
    description: '状态履历 · Every status, latest first, with those that lie ahead.',
  })
  statusHistory(@Root() { id }: Cadre, @Context() ctx: Ctx): Promise<StatusPeriod[]> {
    return statusesOf(ctx, id);
  }

  @FieldResolver(() => CadreRank, { nullable: true, description: '职级 · Rank on a day; null when none was held.' })
  async rank(
    @Root() cadre: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<CadreRank | undefined> {
    const day = on ?? ctx.today();
    return (await ranksOf(ctx, cadre.id)).find((period) => period.holdsOn(day))?.rank;
  }

  @FieldResolver(() => [RankPeriod], { description: '职级履历 · Every rank held, latest first.' })
  ranks(@Root() cadre: Cadre, @Context() ctx: Ctx): Promise<RankPeriod[]> {
    return ranksOf(ctx, cadre.id);
  }

  @FieldResolver(() => [Post], { description: '现任职务 · Posts held on a day.' })
  async posts(
    @Root() cadre: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<Post[]> {
    const day = on ?? ctx.today();
    return (await postsOf(ctx, cadre.id)).filter((post) => post.holdsOn(day));
  }

  @FieldResolver(() => [Post], { description: '任职履历 · Every post held, latest first.' })
  postHistory(@Root() cadre: Cadre, @Context() ctx: Ctx): Promise<Post[]> {
    return postsOf(ctx, cadre.id);
  }

  @FieldResolver(() => [Membership], { description: '政治面貌 · Party and League membership.' })
  memberships(@Root() cadre: Cadre, @Context() ctx: Ctx): Promise<Membership[]> {
    return membershipsOf(ctx, cadre.id);
  }
}

@Resolver(() => StatusPeriod)
export class StatusPeriodResolver {
  @FieldResolver(() => StatusReason, {
    nullable: true,
    description: '原因 · Why; shown only to those who keep or audit personnel records, and audited.',
  })
  @Access(PERSONNEL_RECORD)
  async reason(
    @Root() { cadreId, reason }: StatusPeriod,
    @Context() ctx: Ctx,
  ): Promise<StatusReason | null | undefined> {
    if (reason) await auditPersonnelRecord(ctx, cadreId);
    return reason;
  }
}

@Resolver(() => Post)
export class PostResolver {
  @FieldResolver(() => OrganizationStub, { nullable: true, description: '单位 · The organization of the post.' })
  organization(@Root() post: Post): OrganizationStub {
    return OrganizationStub.of(post.organizationId);
  }
}

@Resolver(() => OrganizationStub)
export class OrganizationStaffResolver {
  @FieldResolver(() => CadreConnection, {
    nullable: true,
    description: '工作人员 · Cadres with a post at this organization on a day.',
  })
  @Access(STAFF)
  staff(
    @Root() organization: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => StaffArgs) args: StaffArgs,
  ): Promise<Connection<Cadre>> {
    return staffOf(ctx, organization.id, args);
  }
}
