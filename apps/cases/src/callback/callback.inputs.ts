import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { CallbackChannel, CallbackSolved, ClosingCode } from './callback-enums.ts';

@InputType({
  description: '登记回访 · What the person behind a case said when they were asked, or that nobody was reached.',
})
export class RecordCallbackInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '案件 · Which case; one that has been answered.' })
  caseId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field(() => LocalDate, { nullable: true, description: '回访日 · When; today when absent.' })
  on?: string | null;

  @Field(() => CallbackChannel, { description: '方式 · How.' })
  channel!: CallbackChannel;

  @Field(() => Boolean, { description: '是否联系上 · Whether the person was reached.' })
  reached!: boolean;

  @Field(() => CallbackSolved, {
    nullable: true,
    description: '是否解决 · Whether they find that it was solved; required when they were reached, and only then.',
  })
  solved?: CallbackSolved | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '是否联系过 · Whether whoever handled it had contacted them; absent when they did not say.',
  })
  contacted?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '态度是否良好 · Whether they were treated well; absent when they did not say.',
  })
  treatedWell?: boolean | null;

  @Field(() => ClosingCode, {
    nullable: true,
    description:
      '办结方式 · How the unit concluded it; required when the answer concludes the case, and only then. It stands beside what the person says.',
  })
  closingCode?: ClosingCode | null;

  @Field(() => String, { nullable: true, description: '说明 · What they said, up to 2000 characters.' })
  note?: string | null;
}
