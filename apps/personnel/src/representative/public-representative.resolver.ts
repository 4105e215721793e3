import {
  Arg,
  Args,
  ArgsType,
  Ctx as Context,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { STAFF } from '@frontline/access';
import {
  Access,
  byId,
  checkedId,
  connect,
  LocalDate,
  PageArgs,
  sql,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import {
  PublicRepresentative,
  PublicRepresentativeConnection,
  RepresentativeKind,
  RepresentativeLevel,
} from './public-representative.entity.ts';

@InputType({ description: '代表筛选 · Narrows a list of public representatives; everything given must hold.' })
export class PublicRepresentativeFilter {
  @Field(() => [RepresentativeKind], { nullable: true, description: '类别 · One of these kinds.' })
  kinds?: RepresentativeKind[] | null;

  @Field(() => [RepresentativeLevel], { nullable: true, description: '层级 · One of these levels.' })
  levels?: RepresentativeLevel[] | null;

  @Field(() => ID, { nullable: true, description: '选区 · Elected at this organization.' })
  constituencyId?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '在任日 · In office on this day.' })
  activeOn?: string | null;

  @Field(() => String, { nullable: true, description: '姓名 · Name contains this.' })
  search?: string | null;
}

@ArgsType()
export class PublicRepresentativesArgs extends PageArgs {
  @Field(() => PublicRepresentativeFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: PublicRepresentativeFilter | null;
}

function conditions(filter: PublicRepresentativeFilter): (Sql | undefined)[] {
  return [
    filter.kinds ? sql`t.kind = any(${[...filter.kinds]}::text[])` : undefined,
    filter.levels ? sql`t.level = any(${[...filter.levels]}::text[])` : undefined,
    filter.constituencyId
      ? sql`t.constituency_id = ${checkedId(filter.constituencyId, 'filter.constituencyId')}`
      : undefined,
    filter.activeOn
      ? sql`t.term_from <= ${filter.activeOn}::date and (t.term_until is null or ${filter.activeOn}::date < t.term_until)`
      : undefined,
    filter.search ? sql`strpos(t.name, ${filter.search}) > 0` : undefined,
  ];
}

@Resolver(() => PublicRepresentative)
export class PublicRepresentativeResolver {
  @Query(() => PublicRepresentativeConnection, {
    nullable: true,
    description: '两代表一委员列表 · Party delegates, people’s-congress deputies and CPPCC members, by name.',
  })
  @Access(STAFF)
  publicRepresentatives(
    @Context() ctx: Ctx,
    @Args(() => PublicRepresentativesArgs) args: PublicRepresentativesArgs,
  ): Promise<Connection<PublicRepresentative>> {
    return connect(ctx, PublicRepresentative, args, {
      where: conditions(args.filter ?? {}),
      order: [['t.name', 'asc']],
    });
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

  @FieldResolver(() => Cadre, {
    nullable: true,
    description: '干部 · The cadre who is this representative, if one is.',
  })
  cadre(@Root() representative: PublicRepresentative, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, representative.cadreId);
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '选区 · Whose people elected this representative, where there is a constituency.',
  })
  constituency(@Root() representative: PublicRepresentative): OrganizationStub | undefined {
    return representative.constituencyId ? OrganizationStub.of(representative.constituencyId) : undefined;
  }
}
