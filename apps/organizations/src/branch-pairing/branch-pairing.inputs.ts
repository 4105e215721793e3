import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';
import { PairingEndReason } from './branch-pairing.entity.ts';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same pairing.';

export const PairingSide = domainEnum('PairingSide', '结对一方', 'Which of the two branches of a pairing.', {
  BRANCH: { zh: '机关、国企、事业单位支部', en: 'The office, enterprise or institution branch' },
  PARTNER: { zh: '社区、“两新”支部', en: 'The community or two-new branch' },
});

export const PairingGap = domainEnum('PairingGap', '结对缺项', 'What a pairing lacks for a year.', {
  PLAN: { zh: '缺年度计划', en: 'No plan' },
  REVIEW: { zh: '缺年度总结', en: 'No review', description: 'none that both branches have concluded' },
});
export type PairingGap = keyof typeof PairingGap;

@ArgsType()
export class PairingsArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · Those that hold on this day; today when absent.' })
  on?: string | null;
}

@ArgsType()
export class PairingGapsArgs extends PageArgs {
  @Field(() => Int, { description: '年度 · The year asked about.' })
  year!: number;

  @Field(() => PairingGap, { description: '缺项 · What is missing.' })
  lacking!: PairingGap;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · With a branch that is this organization or stands below it today.',
  })
  within?: string | null;
}

@InputType({ description: '支部结对 · Two branches to pair, for a time.' })
export class PairBranchesInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '支部 · A branch of an office, state-owned enterprise or institution.' })
  branchId!: string;

  @Field(() => ID, { description: '共建支部 · A community or two-new branch.' })
  partnerId!: string;

  @Field(() => LocalDate, { description: '起始日 · First day.' })
  from!: string;

  @Field(() => LocalDate, { nullable: true, description: '截止日 · First day on which it no longer holds.' })
  until?: string | null;

  @Field({ description: '缘由 · Why they are paired, 1 to 500 characters.' })
  reason!: string;
}

@InputType({ description: '终止结对 · The end of a pairing.' })
export class EndPairingInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '结对 · The pairing.' })
  pairingId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;

  @Field(() => LocalDate, { description: '终止日 · First day on which it no longer holds; it may lie ahead.' })
  on!: string;

  @Field(() => PairingEndReason, { description: '原因 · Why.' })
  reason!: PairingEndReason;
}
