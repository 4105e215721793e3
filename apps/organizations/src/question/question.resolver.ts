import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, manyBy, type Connection, type Ctx } from '@frontline/platform';
import { Activity, Demand } from '../activity/activity.entity.ts';
import { CadreStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
import { answerQuestion, askQuestion, closeDialogue } from './question.commands.ts';
import { Question, QuestionConnection, QuestionStateEnum } from './question.entity.ts';
import { AnswerQuestionInput, AskQuestionInput, CloseDialogueInput, QuestionsArgs } from './question.inputs.ts';
import { questions, questionsOf } from './question.queries.ts';
import type { QuestionState } from './question-rules.ts';

const HOSTS = roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER');

@Resolver(() => Question)
export class QuestionResolver {
  @Query(() => QuestionConnection, {
    nullable: true,
    description: '提问列表 · What was asked at dialogues and microblogs, those to be answered first at the top.',
  })
  @Access(STAFF)
  questions(@Context() ctx: Ctx, @Args(() => QuestionsArgs) args: QuestionsArgs): Promise<Connection<Question>> {
    return questions(ctx, args);
  }

  @Query(() => Question, { nullable: true, description: '提问 · One question by id; null when there is none.' })
  @Access(STAFF)
  question(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Question | undefined> {
    return byId(ctx, Question, id);
  }

  @Mutation(() => Question, { description: '补充提问 · Add a question that came in after the activity was recorded.' })
  @Access(HOSTS)
  askQuestion(
    @Context() ctx: Ctx,
    @Arg('input', () => AskQuestionInput, { description: '内容 · What was asked, where.' }) input: AskQuestionInput,
  ): Promise<Question> {
    return askQuestion(ctx, input);
  }

  @Mutation(() => Question, { description: '答复提问 · Answer an open question.' })
  @Access(HOSTS)
  answerQuestion(
    @Context() ctx: Ctx,
    @Arg('input', () => AnswerQuestionInput, { description: '内容 · Which, and the answer.' })
    input: AnswerQuestionInput,
  ): Promise<Question> {
    return answerQuestion(ctx, input);
  }

  @Mutation(() => Activity, {
    description: '结束互动 · Close a dialogue or microblog: what was left unanswered becomes a demand at once.',
  })
  @Access(HOSTS)
  closeDialogue(
    @Context() ctx: Ctx,
    @Arg('input', () => CloseDialogueInput, { description: '内容 · Which one.' }) input: CloseDialogueInput,
  ): Promise<Activity> {
    return closeDialogue(ctx, input);
  }

  @FieldResolver(() => QuestionStateEnum, { description: '状态 · Where it stands.' })
  state(@Root() question: Question): QuestionState {
    return question.state;
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '答复人 · The cadre who answered.' })
  answeredBy(@Root() { answeredById }: Question): CadreStub | undefined {
    return answeredById ? CadreStub.of(answeredById) : undefined;
  }

  @FieldResolver(() => Activity, { nullable: true, description: '活动 · The dialogue or microblog.' })
  activity(@Root() { activityId }: Question, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, activityId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '所在地 · The organization it is about.' })
  area(@Root() { areaId }: Question, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, areaId);
  }

  @FieldResolver(() => Demand, { nullable: true, description: '诉求 · The demand that it became, unanswered.' })
  demand(@Root() { demandId }: Question, @Context() ctx: Ctx): Promise<Demand | undefined> {
    return byId(ctx, Demand, demandId);
  }
}

@Resolver(() => Activity)
export class ActivityQuestionsResolver {
  @FieldResolver(() => [Question], { description: '提问 · What was asked there, in the order of asking.' })
  questions(@Root() { id }: Activity, @Context() ctx: Ctx): Promise<Question[]> {
    return questionsOf(ctx, id);
  }
}

@Resolver(() => Demand)
export class DemandQuestionResolver {
  @FieldResolver(() => Question, {
    nullable: true,
    description: '提问 · The unanswered question that it came from; null for other demands.',
  })
  async question(@Root() { id }: Demand, @Context() ctx: Ctx): Promise<Question | undefined> {
    return (await manyBy(ctx, Question, 'demandId', id))[0];
  }
}
