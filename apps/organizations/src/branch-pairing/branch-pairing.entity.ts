import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { SIGNED_IN, STAFF, allows } from '@frontline/access';
import { branchPairingEnded, branchPairingPaired, type Fact } from '@frontline/events';
import { Access, Aggregate, LocalDate, connectionOf, domainEnum, type Ctx, type Visibility } from '@frontline/platform';

export const PairingEndReason = domainEnum('PairingEndReason', '结对终止原因', 'Why a pairing of branches ended.', {
  COMPLETED: { zh: '结对期满', en: 'Completed', description: 'its time was over' },
  REARRANGED: { zh: '调整结对', en: 'Rearranged', description: 'the branches are paired otherwise' },
  BRANCH_MERGED: { zh: '支部合并', en: 'Branch merged', description: 'its successor goes on, where it can' },
  BRANCH_DISSOLVED: { zh: '支部撤销', en: 'Branch dissolved' },
  MADE_IN_ERROR: { zh: '登记有误', en: 'Made in error' },
  OTHER: { zh: '其他', en: 'Other' },
});
export type PairingEndReason = keyof typeof PairingEndReason;

@ObjectType({
  description:
    '结对共建 · An office, enterprise or institution branch together with a community or “two-new” branch, for a time; a branch may have several.',
})
@Directive('@key(fields: "id")')
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

  @Field(() => String, {
    nullable: true,
    deprecationReason: 'Ask for plans: one for each year, with its review.',
    description: '共建打算 · What the two mean to do, as an old register said it.',
  })
  @Property({ type: 'text', nullable: true })
  plan?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '缘由 · Why they were paired; null where a register says nothing.',
  })
  @Access(STAFF)
  @Property({ type: 'text', nullable: true })
  reason?: string | null;

  @Field(() => PairingEndReason, {
    nullable: true,
    description: '终止原因 · Why it ended or is to end; null while no end is set, or where a register says nothing.',
  })
  @Property({ type: 'text', nullable: true })
  endReason?: PairingEndReason | null;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }

  /** The fact that the two have been paired. */
  paired(): Fact {
    const { validFrom: from, validTo: until } = this;
    return branchPairingPaired.of({ ...factsOf(this), from, ...(until && { until }) });
  }

  /** Ends it on a day, or lets it never begin; nothing comes of it where it ends then or earlier already. */
  end(on: string, reason: PairingEndReason): Fact[] {
    const day = on < this.validFrom ? this.validFrom : on;
    if (this.validTo && this.validTo <= day) return [];
    this.validTo = day;
    this.endReason = reason;
    return [branchPairingEnded.of({ ...factsOf(this), on: day, reason })];
  }
}

/** Who was paired, as events say it. */
const factsOf = ({ id: pairingId, branchId, partnerId }: BranchPairing) => ({ pairingId, branchId, partnerId });

export const BranchPairingConnection = connectionOf(BranchPairing, 'BranchPairing', '结对共建');
