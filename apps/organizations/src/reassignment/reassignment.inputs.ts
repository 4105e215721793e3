import { Field, ID, InputType } from 'type-graphql';
import { LocalDate } from '@frontline/platform';

@InputType({ description: '批量调整联系 · Many assignments to offer to successors at once.' })
export class ReassignContactsInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same reassignment. A dry run keeps nothing.',
  })
  idempotencyKey!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      '交出人 · All assignments that this cadre or organization answers for on that day; or name assignments.',
  })
  fromId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: '定点联系 · These assignments, at most 100; or name who hands over.',
  })
  assignmentIds?: string[] | null;

  @Field(() => String, { nullable: true, description: '联系制度 · Only under this scheme (its code).' })
  scheme?: string | null;

  @Field(() => [ID], {
    description:
      '接收人 · 1 to 20 cadres or organizations; each assignment goes to who can take it and has fewest targets.',
  })
  successorIds!: string[];

  @Field(() => LocalDate, {
    description:
      '生效日 · First day on which they can change hands; not before today. Who holds them stays responsible until the successor accepts.',
  })
  on!: string;

  @Field({ description: '缘由 · Why, 1 to 500 characters.' })
  reason!: string;

  @Field(() => Boolean, { defaultValue: true, description: '试运行 · Only show what would be done.' })
  dryRun!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      '方案标识 · The `plan` that the dry run showed; required to carry it out, and refused when it no longer holds.',
  })
  expectedPlan?: string | null;
}
