import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { questionAnswered, questionBecameDemand, type Fact } from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  SealedType,
  connectionOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { CaseKind } from '../activity/activity-enums.ts';
import { concerns } from '../activity/activity.entity.ts';
import { questionErrors } from './question.errors.ts';
import { questionState, type QuestionState } from './question-rules.ts';

export const QuestionStateEnum = domainEnum('QuestionState', '提问状态', 'Where a question stands.', {
  OPEN: { zh: '待答复', en: 'Open' },
  ANSWERED: { zh: '已答复', en: 'Answered' },
  BECAME_DEMAND: {
    zh: '转为诉求',
    en: 'Became a demand',
    description: 'it was left unanswered; whoever has its case answers',
  },
});

/** What was said in answer to a question. */
export interface Answer {
  readonly text: string;
  readonly at: Date;
  /** Its day, YYYY-MM-DD in Asia/Shanghai. */
  readonly on: string;
  /** The cadre who answered. */
  readonly byId: string;
}

@ObjectType({
  description:
    '提问 · Something that was asked at an online dialogue or on a microblog: answered, or a demand once its time is over. Who asked is not kept.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Question extends Aggregate {
  @Property({ type: 'uuid', index: true })
  activityId!: string;

  /** The organization that it is about. */
  @Property({ type: 'uuid' })
  areaId!: string;

  @Field(() => String, { description: '内容 · What was asked, in words; never in events.' })
  @Property({ type: SealedType })
  text!: string;

  @Field(() => Date, { description: '提问时间 · When it was asked.' })
  @Property({ type: 'timestamptz' })
  askedAt!: Date;

  @Field({ description: '类别代码 · Code of its category.' })
  @Property({ type: 'text' })
  categoryCode!: string;

  @Field(() => CaseKind, { description: '案件类型 · What kind of answer it asks for, if it becomes a case.' })
  @Property({ type: 'text' })
  caseKind!: CaseKind;

  @Field(() => LocalDate, { description: '答复期限 · Last day to answer it; the day after, it becomes a demand.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => String, { nullable: true, description: '答复 · What was answered, in words.' })
  @Property({ type: SealedType, nullable: true })
  answer?: string | null;

  @Field(() => Date, { nullable: true, description: '答复时间 · When it was answered.' })
  @Property({ type: 'timestamptz', nullable: true })
  answeredAt?: Date | null;

  @Property({ type: 'uuid', nullable: true })
  answeredById?: string | null;

  /** The demand that it became; no two questions become the same one. */
  @Property({ type: 'uuid', nullable: true, unique: true })
  demandId?: string | null;

  /** For whoever sees the activity, as demands are. */
  static visibleTo(ctx: Ctx): Visibility {
    return concerns(ctx, 't.area_id', 't.activity_id');
  }

  get state(): QuestionState {
    return questionState(this);
  }

  /** It is answered, once, unless it has become a demand. `field` is the path of the input that names it. */
  answerWith({ text, at, on, byId }: Answer, field: string): Fact[] {
    if (this.state === 'ANSWERED') throw questionErrors('question.answered', {}, { field });
    if (this.state === 'BECAME_DEMAND') throw questionErrors('question.becameDemand', {}, { field });
    Object.assign(this, { answer: text, answeredAt: at, answeredById: byId });
    const { id: questionId, activityId, categoryCode, dueOn } = this;
    return [questionAnswered.of({ questionId, activityId, categoryCode, cadreId: byId, on, late: on > dueOn })];
  }

  /** It was left unanswered and is a demand from now on. */
  becomeDemand(demandId: string): Fact[] {
    this.demandId = demandId;
    const { id: questionId, activityId, categoryCode } = this;
    return [questionBecameDemand.of({ questionId, activityId, categoryCode, demandId })];
  }
}

export const QuestionConnection = connectionOf(Question, 'Question', '提问');
