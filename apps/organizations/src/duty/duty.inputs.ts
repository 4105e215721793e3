import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: '核免任务 · Excuses a duty, with the reason.' })
export class ExcuseDutyInput {
  @Field({
    description: '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same duty.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: '任务 · The duty.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one is refused.' })
  expectedVersion?: number | null;

  @Field({ description: '理由 · Why, 2 to 500 characters. It is kept with the duty; name no resident.' })
  reason!: string;
}

@InputType({
  description: '生成任务 · Which duties to make. No key is needed: whoever asks again finds the same duties.',
})
export class GenerateDutiesInput {
  @Field(() => String, { nullable: true, description: '联系制度 · Only of this scheme (its code); all when absent.' })
  scheme?: string | null;
}
