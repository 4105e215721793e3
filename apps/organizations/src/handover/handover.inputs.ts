import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { PageArgs } from '@frontline/platform';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same handover.';

@InputType({ description: '提出交接 · An assignment to offer to a successor.' })
export class HandOverAssignmentInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '定点联系 · The assignment that changes hands.' })
  assignmentId!: string;

  @Field(() => Int, {
    nullable: true,
    description: '版本 · The version of the assignment that you saw; another one by now is refused.',
  })
  expectedVersion?: number | null;

  @Field(() => ID, { description: '接收人 · Who is to answer for it; a cadre or organization as the scheme says.' })
  successorId!: string;

  @Field({ description: '缘由 · Why it changes hands, 1 to 500 characters.' })
  reason!: string;
}

@InputType({ description: '接收交接 · A handover that the successor accepts.' })
export class AcceptHandoverInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '交接 · The handover.' })
  handoverId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '终结交接 · A handover that ends without a change of hands, and why.' })
export class CloseHandoverInput extends AcceptHandoverInput {
  @Field({ description: '缘由 · Why, 1 to 500 characters.' })
  reason!: string;
}

@ArgsType()
export class HandoversArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: '接收人 · Offered to this cadre or organization.' })
  successorId?: string | null;

  @Field(() => Boolean, { nullable: true, description: '待接收 · Only those not yet accepted, declined or withdrawn.' })
  open?: boolean | null;
}
