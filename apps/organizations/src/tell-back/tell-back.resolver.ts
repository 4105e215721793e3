import { Arg, Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { cadreRecord } from '@frontline/events';
import { Access, byId, copyOf, LocalDate, manyBy, type Connection, type Ctx } from '@frontline/platform';
import { cadreOn } from '../activity/acting-under-assignment.ts';
import { Demand } from '../activity/activity.entity.ts';
import { CadreStub, HomeVisitDemandStub, HomeVisitStub } from '../directory/foreign-types.ts';
import type { DutyState } from '../duty/duty-state.ts';
import { Duty, DutyStateEnum } from '../duty/duty.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import { recordTellBack } from './tell-back.commands.ts';
import { TellBack, TellBackConnection } from './tell-back.entity.ts';
import { RecordTellBackInput, TellBacksArgs } from './tell-back.inputs.ts';
import { tellBacks, tellBacksOf } from './tell-back.queries.ts';

@Resolver(() => TellBack)
export class TellBackResolver {
  @Query(() => TellBackConnection, {
    nullable: true,
    description: '反馈告知列表 · Tell-backs, by the day they are due.',
  })
  @Access(STAFF)
  tellBacks(@Context() ctx: Ctx, @Args(() => TellBacksArgs) args: TellBacksArgs): Promise<Connection<TellBack>> {
    return tellBacks(ctx, args);
  }

  @Mutation(() => TellBack, { description: '登记反馈 · Say that the person was told what came of it.' })
  @Access(roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER'))
  recordTellBack(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordTellBackInput, { description: '内容 · Which, and when.' }) input: RecordTellBackInput,
  ): Promise<TellBack> {
    return recordTellBack(ctx, input);
  }

  @FieldResolver(() => DutyStateEnum, { description: '状态 · Where it stands today, as any duty does.' })
  async state(@Root() owed: TellBack, @Context() ctx: Ctx): Promise<DutyState> {
    return (await this.duty(owed, ctx))?.stateOn(ctx.today()) ?? owed.stateOn(ctx.today());
  }

  @FieldResolver(() => Duty, {
    nullable: true,
    description: '联系任务 · The duty that it is to a cadre; null when no cadre heard it, or you may not see it.',
  })
  async duty(@Root() { id }: TellBack, @Context() ctx: Ctx): Promise<Duty | undefined> {
    return (await manyBy(ctx, Duty, 'assignmentId', id))[0];
  }

  @FieldResolver(() => Demand, {
    nullable: true,
    description: '诉求 · What the person had said at an activity; null when it was at a door.',
  })
  demand(@Root() { demandId }: TellBack, @Context() ctx: Ctx): Promise<Demand | undefined> {
    return byId(ctx, Demand, demandId);
  }

  @FieldResolver(() => HomeVisitStub, {
    nullable: true,
    description: '上门走访 · The home visit where it was said; null when it was said at an activity.',
  })
  homeVisit(@Root() { homeVisitId }: TellBack): HomeVisitStub | undefined {
    return homeVisitId ? HomeVisitStub.of(homeVisitId) : undefined;
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '责任人 · Who owes it; null when no cadre heard it, or none is left whose it would be.',
  })
  cadre(@Root() { cadreId }: TellBack): CadreStub | undefined {
    return cadreId ? CadreStub.of(cadreId) : undefined;
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description:
      '代理人 · The cadre who stands in today for who owes it, if they are away; null once the person was told.',
  })
  async substitute(@Root() { cadreId, toldOn }: TellBack, @Context() ctx: Ctx): Promise<CadreStub | undefined> {
    const record = toldOn ? undefined : await copyOf(ctx, cadreRecord, cadreId);
    const substituteId = record && cadreOn(record, ctx.today()).substituteId;
    return substituteId ? CadreStub.of(substituteId) : undefined;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description:
      '责任单位 · The organization in charge, when no cadre is left whose it would be: who meets residents there, or serves in it, tells the person.',
  })
  organization(@Root() { organizationId }: TellBack, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, organizationId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '所在地 · The organization that it is about.' })
  area(@Root() { areaId }: TellBack, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, areaId);
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '反馈人 · The cadre who told the person.' })
  toldBy(@Root() { toldById }: TellBack): CadreStub | undefined {
    return toldById ? CadreStub.of(toldById) : undefined;
  }
}

@Resolver(() => CadreStub)
export class CadreTellBacksResolver {
  @FieldResolver(() => TellBackConnection, {
    nullable: true,
    description: '反馈告知 · Tell-backs that this cadre owes.',
  })
  tellBacks(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => TellBacksArgs) args: TellBacksArgs,
  ): Promise<Connection<TellBack>> {
    return tellBacksOf(ctx, id, args);
  }
}

@Resolver(() => Duty)
export class DutyTellBackResolver {
  @FieldResolver(() => TellBack, {
    nullable: true,
    description:
      '反馈告知 · The tell-back that owes it, which says who or what kept it; null when it is owed under something else.',
  })
  tellBack(@Root() { owedUnder, assignmentId }: Duty, @Context() ctx: Ctx): Promise<TellBack | undefined> {
    return byId(ctx, TellBack, owedUnder === 'TELL_BACK' ? assignmentId : undefined);
  }
}

@Resolver(() => Demand)
export class DemandTellBackResolver {
  @FieldResolver(() => TellBack, {
    nullable: true,
    description: '反馈告知 · Owed once its case is closed; null before.',
  })
  async tellBack(@Root() { id }: Demand, @Context() ctx: Ctx): Promise<TellBack | undefined> {
    return (await manyBy(ctx, TellBack, 'demandId', id))[0];
  }

  @FieldResolver(() => LocalDate, { nullable: true, description: '反馈日 · When the person was told what came of it.' })
  async toldBackOn(@Root() demand: Demand, @Context() ctx: Ctx): Promise<string | null> {
    return (await this.tellBack(demand, ctx))?.toldOn ?? null;
  }
}

@Resolver(() => HomeVisitDemandStub)
export class HomeVisitDemandTellBackResolver {
  @FieldResolver(() => TellBack, {
    nullable: true,
    description: '反馈告知 · Owed once its case is closed; null before.',
  })
  async tellBack(@Root() { id }: HomeVisitDemandStub, @Context() ctx: Ctx): Promise<TellBack | undefined> {
    return (await manyBy(ctx, TellBack, 'demandId', id))[0];
  }

  @FieldResolver(() => LocalDate, { nullable: true, description: '反馈日 · When the person was told what came of it.' })
  async toldBackOn(@Root() demand: HomeVisitDemandStub, @Context() ctx: Ctx): Promise<string | null> {
    return (await this.tellBack(demand, ctx))?.toldOn ?? null;
  }
}
