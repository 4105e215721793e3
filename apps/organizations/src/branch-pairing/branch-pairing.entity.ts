import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { SIGNED_IN, allows } from '@frontline/access';
import { Access, Aggregate, LocalDate, connectionOf, type Ctx, type Visibility } from '@frontline/platform';

@ObjectType({
  description:
    '结对共建 · An office, enterprise or institution branch together with a community or “two-new” branch, for a time.',
})
@Access(SIGNED_IN)
@Entity()
export class BranchPairing extends Aggregate {
  /** The branch of an office, state-owned enterprise or institution. */
  @Property({ type: 'uuid', index: true })
  branchId!: string;

  /** The community or two-new branch. */
  @Property({ type: 'uuid', index: true })
  partnerId!: string;

  @Field(() => LocalDate, { name: 'from', description: '起始日 · First day.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => LocalDate, {
    name: 'until',
    nullable: true,
    description: '截止日 · First day on which it no longer holds.',
  })
  @Property({ type: 'date', nullable: true })
  validTo?: string | null;

  @Field(() => String, { nullable: true, description: '年度计划 · What the two mean to do this year.' })
  @Property({ type: 'text', nullable: true })
  plan?: string | null;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const BranchPairingConnection = connectionOf(BranchPairing, 'BranchPairing', '结对共建');
