import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { ActivityKind, CaseKind } from '../activity/activity-enums.ts';
import { QuestionStateEnum } from './question.entity.ts';
import type { QuestionState } from './question-rules.ts';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same result.';

@InputType({ description: '答复 · What was answered, when and by whom.' })
export class AnswerInput {
  @Field({ description: '内容 · What was answered, 1 to 4000 characters.' })
  text!: string;

  @Field(() => Date, { nullable: true, description: '答复时间 · When; now when absent.' })
  answeredAt?: Date | null;

  @Field(() => ID, { nullable: true, description: '答复人 · The cadre who answered; you when absent.' })
  answeredById?: string | null;
}

@InputType({ description: '提问 · Something that was asked, and perhaps answered. Don’t write down who asked.' })
export class QuestionInput {
  @Field({ description: '内容 · What was asked, 1 to 2000 characters.' })
  text!: string;

  @Field({ description: '类别代码 · Code of its category.' })
  categoryCode!: string;

  @Field(() => Date, { nullable: true, description: '提问时间 · When; the beginning of the activity when absent.' })
  askedAt?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: '所在地 · The organization it is about; the activity’s target when absent.',
  })
  areaId?: string | null;

  @Field(() => CaseKind, {
    defaultValue: 'ENQUIRY',
    description: '案件类型 · What kind of answer it asks for, if it becomes a case.',
  })
  caseKind!: CaseKind;

  @Field(() => AnswerInput, { nullable: true, description: '答复 · The answer, if there was one.' })
  answer?: AnswerInput | null;
}

@InputType({ description: '补充提问 · A question that came in after the activity was recorded.' })
export class AskQuestionInput extends QuestionInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '活动 · The dialogue or microblog.' })
  activityId!: string;
}

@InputType({ description: '答复提问 · An answer to an open question.' })
export class AnswerQuestionInput extends AnswerInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '提问 · Which question.' })
  questionId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '结束互动 · That no more answers come at a dialogue or microblog.' })
export class CloseDialogueInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '活动 · The dialogue or microblog.' })
  activityId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version that you saw; another one is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '提问筛选 · Narrows a list of questions; everything given must hold.' })
export class QuestionFilter {
  @Field(() => [QuestionStateEnum], { nullable: true, description: '状态 · In one of these states.' })
  states?: QuestionState[] | null;

  @Field(() => [ActivityKind], { nullable: true, description: '活动类别 · Asked at one of these.' })
  kinds?: ActivityKind[] | null;

  @Field(() => [String], { nullable: true, description: '类别代码 · In one of these categories.' })
  categoryCodes?: string[] | null;

  @Field(() => ID, { nullable: true, description: '所在地范围 · About this organization or something below it.' })
  within?: string | null;

  @Field(() => Boolean, { nullable: true, description: '仅本人 · True: only of activities you took part in.' })
  mine?: boolean | null;

  @Field(() => LocalDate, { nullable: true, description: '期限至 · To be answered by this day or earlier.' })
  dueTo?: string | null;
}

@ArgsType()
export class QuestionsArgs extends PageArgs {
  @Field(() => QuestionFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: QuestionFilter | null;
}
