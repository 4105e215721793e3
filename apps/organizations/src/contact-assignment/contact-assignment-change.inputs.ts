import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, domainEnum } from '@frontline/platform';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same assignment.';

export const AssignmentEndReason = domainEnum(
  'AssignmentEndReason',
  '终止原因',
  'Why somebody ended a contact assignment.',
  {
    REASSIGNED: { zh: '调整分工', en: 'Reassigned' },
    TARGET_LEFT_SCHEME: { zh: '对象退出联系', en: 'The target is no longer contacted' },
    MADE_IN_ERROR: { zh: '登记有误', en: 'Made in error' },
    OTHER: { zh: '其他', en: 'Other' },
  },
);
export type AssignmentEndReason = keyof typeof AssignmentEndReason;

@InputType({ description: '定点联系 · Contactors to fix to a target under a scheme.' })
export class AssignContactInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field({ description: '联系制度 · Code of the scheme; its version of the first day says who may contact whom.' })
  scheme!: string;

  @Field(() => [ID], {
    description: '联系主体 · Cadres or organizations as the scheme says, at most 10; the first answers.',
  })
  contactorIds!: string[];

  @Field(() => ID, { description: '对象 · The organization that is contacted, or the patch.' })
  targetId!: string;

  @Field(() => [ID], { defaultValue: [], description: '联络员 · Cadres below division level who go along.' })
  liaisonIds!: string[];

  @Field(() => LocalDate, { description: '起始日 · First day.' })
  from!: string;

  @Field(() => LocalDate, { nullable: true, description: '截止日 · First day on which it no longer holds.' })
  until?: string | null;

  @Field({ description: '缘由 · Why it is made, 1 to 500 characters.' })
  reason!: string;
}

/** What every change of an assignment asks for. */
@InputType()
export abstract class AssignmentChangeInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '定点联系 · The assignment to change.' })
  assignmentId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '终止联系 · The end of an assignment.' })
export class EndAssignmentInput extends AssignmentChangeInput {
  @Field(() => LocalDate, { description: '终止日 · First day on which it no longer holds; it may lie ahead.' })
  on!: string;

  @Field(() => AssignmentEndReason, { description: '原因 · Why.' })
  reason!: AssignmentEndReason;
}

@InputType({ description: '调整联络员 · Who goes along from today on.' })
export class ChangeLiaisonsInput extends AssignmentChangeInput {
  @Field(() => [ID], { description: '联络员 · All of them, not only new ones.' })
  liaisonIds!: string[];
}
