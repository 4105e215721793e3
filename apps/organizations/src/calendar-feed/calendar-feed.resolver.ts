import { Arg, Ctx as Context, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { roles } from '@frontline/access';
import { Access, SAME_AS_PARENT, type Ctx } from '@frontline/platform';
import { CadreStub } from '../directory/foreign-types.ts';
import { createCalendarFeed, revokeCalendarFeed } from './calendar-feed.commands.ts';
import { CalendarFeed } from './calendar-feed.entity.ts';
import { CreateCalendarFeedInput, RevokeCalendarFeedInput } from './calendar-feed.inputs.ts';
import { calendarFeeds } from './calendar-feed.queries.ts';

@ObjectType({ description: '新日历订阅 · A feed that was just made, with its address.' })
@Access(SAME_AS_PARENT)
export class CreatedCalendarFeed {
  @Field(() => CalendarFeed, { description: '日历订阅 · The feed.' })
  feed!: CalendarFeed;

  @Field(() => String, {
    nullable: true,
    description:
      '路径 · Path of its address below the endpoint, with the secret in it. Shown this once: null when the same input is sent again.',
  })
  path?: string | undefined;
}

@Resolver(() => CalendarFeed)
export class CalendarFeedResolver {
  @Query(() => [CalendarFeed], {
    nullable: true,
    description: '日历订阅列表 · Your calendar feeds, revoked ones too, latest first; for administrators those of all.',
  })
  @Access(roles('CADRE', 'ADMIN'))
  calendarFeeds(@Context() ctx: Ctx): Promise<CalendarFeed[]> {
    return calendarFeeds(ctx);
  }

  @Mutation(() => CreatedCalendarFeed, {
    description:
      '创建日历订阅 · Makes an address from which calendar programs read your duties and receptions (RFC 5545). Whoever knows it can read them.',
  })
  @Access(roles('CADRE'))
  async createCalendarFeed(
    @Context() ctx: Ctx,
    @Arg('input', () => CreateCalendarFeedInput, { description: '内容 · What to call it.' })
    input: CreateCalendarFeedInput,
  ): Promise<CreatedCalendarFeed> {
    const { feed, secret } = await createCalendarFeed(ctx, input);
    return { feed, path: secret && `/calendar/${secret}.ics` };
  }

  @Mutation(() => CalendarFeed, { description: '撤销日历订阅 · Makes the address of a feed lead nowhere.' })
  @Access(roles('CADRE', 'ADMIN'))
  revokeCalendarFeed(
    @Context() ctx: Ctx,
    @Arg('input', () => RevokeCalendarFeedInput, { description: '内容 · Which.' }) input: RevokeCalendarFeedInput,
  ): Promise<CalendarFeed> {
    return revokeCalendarFeed(ctx, input);
  }

  @FieldResolver(() => CadreStub, { description: '干部 · Whose duties and receptions it shows.' })
  cadre(@Root() { cadreId }: CalendarFeed): CadreStub {
    return CadreStub.of(cadreId);
  }
}
