import {
  Arg,
  Args,
  ArgsType,
  Ctx as Context,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, LocalDate, SAME_AS_PARENT, type Ctx } from '@frontline/platform';
import { ContactScheme } from '../contact-scheme/contact-scheme.entity.ts';
import { excusedRate, fellDue, fulfilmentRate, type Outcomes } from './fulfilment-rate.ts';
import { outcomesOf, type FulfilmentQuestion } from './fulfilment-rate.queries.ts';

@ObjectType({
  description:
    '任务完成情况 · How duties were kept whose windows closed in a time. What was excused leaves the denominator, and its rate stands beside.',
})
@Access(SAME_AS_PARENT)
export class DutyFulfilment implements Outcomes {
  @Field(() => Int, { description: '按期完成 · Kept in time by who answers for it.' })
  fulfilled!: number;

  @Field(() => Int, { description: '代为完成 · Kept in time by somebody who stood in.' })
  substituted!: number;

  @Field(() => Int, { description: '逾期完成 · Kept after the window.' })
  late!: number;

  @Field(() => Int, { description: '未完成 · Not kept by today.' })
  missed!: number;

  @Field(() => Int, { description: '已核免 · Excused.' })
  excused!: number;

  @Field(() => Int, { name: 'due', description: '应完成 · All of these: windows that closed.' })
  due(): number {
    return fellDue(this);
  }

  @Field(() => Float, {
    name: 'rate',
    nullable: true,
    description: '完成率 · Kept in time out of (due − excused), from 0 to 1; null when none had to be kept.',
  })
  rate(): number | undefined {
    return fulfilmentRate(this);
  }

  @Field(() => Float, {
    name: 'excusedRate',
    nullable: true,
    description: '核免率 · Excused out of due, from 0 to 1; null when none fell due.',
  })
  excusedRate(): number | undefined {
    return excusedRate(this);
  }
}

@ArgsType()
class FulfilmentArgs implements FulfilmentQuestion {
  @Field(() => LocalDate, { description: '从 · Windows that closed on this day or later.' })
  from!: string;

  @Field(() => LocalDate, {
    description:
      '至 · Windows that closed on this day or earlier, at most a year after; those open today are left out.',
  })
  to!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      '范围 · Only duties towards this organization or what stood below it when the window closed; the whole district when absent.',
  })
  under?: string | null;
}

@Resolver(() => DutyFulfilment)
export class DutyFulfilmentResolver {
  @Query(() => DutyFulfilment, {
    nullable: true,
    description: '任务完成情况 · How duties were kept whose windows closed in a time, of one scheme or of all.',
  })
  @Access(STAFF)
  async dutyFulfilment(
    @Context() ctx: Ctx,
    @Args(() => FulfilmentArgs) question: FulfilmentArgs,
    @Arg('scheme', () => String, {
      nullable: true,
      description: '联系制度 · Code of the scheme; `tell-back` for tell-backs, all when absent.',
    })
    scheme?: string | null,
  ): Promise<DutyFulfilment> {
    return Object.assign(new DutyFulfilment(), await outcomesOf(ctx, question, scheme));
  }
}

@Resolver(() => ContactScheme)
export class ContactSchemeFulfilmentResolver {
  @FieldResolver(() => DutyFulfilment, {
    nullable: true,
    description: '完成情况 · How the duties that it asks were kept whose windows closed in a time.',
  })
  @Access(STAFF)
  async fulfilment(
    @Root() { code }: ContactScheme,
    @Context() ctx: Ctx,
    @Args(() => FulfilmentArgs) question: FulfilmentArgs,
  ): Promise<DutyFulfilment> {
    return Object.assign(new DutyFulfilment(), await outcomesOf(ctx, question, code));
  }
}
