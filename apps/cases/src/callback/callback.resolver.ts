import { Arg, Ctx as Context, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, type Ctx } from '@frontline/platform';
import { Case } from '../case/case.entity.ts';
import { CadreStub, stub } from '../directory/foreign-types.ts';
import { recordCallback } from './callback.commands.ts';
import { Callback } from './callback.entity.ts';
import { RecordCallbackInput } from './callback.inputs.ts';
import { callbacksOf } from './callback.queries.ts';

@Resolver(() => Callback)
export class CallbackResolver {
  @Mutation(() => Case, {
    description:
      '登记回访 · Record what the person behind an answered case said: solved concludes it, not solved reopens it as rework. By the dispatch centre, never by who handled it.',
  })
  @Access(roles('DISPATCH_CENTRE'))
  recordCallback(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordCallbackInput, { description: '内容 · About which case, and what was said.' })
    input: RecordCallbackInput,
  ): Promise<Case> {
    return recordCallback(ctx, input);
  }

  @FieldResolver(() => Case, { nullable: true, description: '案件 · The case that it was about.' })
  case(@Root() { caseId }: Callback, @Context() ctx: Ctx): Promise<Case | undefined> {
    return byId(ctx, Case, caseId);
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '回访人 · The cadre who asked; null for others.' })
  by(@Root() { byCadreId }: Callback): CadreStub | undefined {
    return byCadreId ? stub(CadreStub, byCadreId) : undefined;
  }
}

@Resolver(() => Case)
export class CaseCallbacksResolver {
  @FieldResolver(() => [Callback], {
    description: '回访 · Those who asked, or tried to ask, what came of it, earliest first.',
  })
  @Access(STAFF)
  callbacks(@Root() { id }: Case, @Context() ctx: Ctx): Promise<Callback[]> {
    return callbacksOf(ctx, id);
  }
}
