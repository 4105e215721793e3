import { Ctx as Context, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { PUBLIC } from '@frontline/access';
import { Access, LocalDate, sql, type Ctx } from '@frontline/platform';

/** Version of the platform; grows with its releases. */
const VERSION = '0.1.0';

@ObjectType({ description: '平台 · What every screen needs to know before it asks for anything.' })
@Access(PUBLIC)
export class PlatformInfo {
  @Field(() => LocalDate, {
    description: '今天 · The district’s calendar day; rules run on it, also in a demonstration of the past.',
  })
  today!: string;

  @Field(() => Date, { description: '现在 · The district’s now.' })
  now!: Date;

  @Field(() => Boolean, {
    description:
      '是否演示数据 · Whether persons and households are invented (演示数据 / demo data); say so wherever they are shown.',
  })
  demo!: boolean;

  @Field({ description: '版本 · Version of the platform.' })
  version!: string;
}

@Resolver(() => PlatformInfo)
export class PlatformResolver {
  @Query(() => PlatformInfo, {
    nullable: true,
    description: '平台 · The district’s day, whether the data are a demonstration, and the version.',
  })
  @Access(PUBLIC)
  async platform(@Context() ctx: Ctx): Promise<PlatformInfo> {
    const { rows } = await sql<{ value: unknown }>`select value from platform_setting where key = 'demo'`.execute(
      ctx.em.getKysely(),
    );
    return { today: ctx.today(), now: ctx.now(), demo: rows[0]?.value === true, version: VERSION };
  }
}
