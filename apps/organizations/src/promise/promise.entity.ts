import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { promiseAmended, promiseKept, promiseWithdrawn, type Fact } from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  SealedType,
  connectionOf,
  domainEnum,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { concerns } from '../activity/activity.entity.ts';
import { standsInFor } from '../directory/cadre-copies.ts';
import { promiseErrors } from './promise.errors.ts';
import { promiseState, type PromiseState } from './promise-state.ts';

export const PromiseStateEnum = domainEnum('PromiseState', '承诺状态', 'Where a promise stands on the day of asking.', {
  OPEN: { zh: '待兑现', en: 'Open' },
  KEPT: { zh: '已兑现', en: 'Kept' },
  KEPT_LATE: { zh: '逾期兑现', en: 'Kept late' },
  BROKEN: { zh: '未兑现', en: 'Broken', description: 'its day has passed' },
  WITHDRAWN: { zh: '已撤销', en: 'Withdrawn', description: 'an amendment of the visit says that it was never given' },
});

@ObjectType('Promise', {
  description: '承诺 · Something that a cadre said they would find out or do, by a day; kept or broken.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity({ tableName: 'promise' })
export class GivenPromise extends Aggregate {
  @Property({ type: 'uuid', index: true })
  activityId!: string;

  /** Who promised. */
  @Property({ type: 'uuid' })
  cadreId!: string;

  @Property({ type: 'uuid' })
  targetId!: string;

  @Field(() => String, { description: '内容 · What was promised, in words; never in events.' })
  @Property({ type: SealedType })
  text!: string;

  @Field(() => LocalDate, { description: '承诺日 · When it was given.' })
  @Property({ type: 'date' })
  madeOn!: string;

  @Field(() => LocalDate, { description: '期限 · Last day on which it is kept in time.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => LocalDate, { nullable: true, description: '兑现日 · When it was kept.' })
  @Property({ type: 'date', nullable: true })
  keptOn?: string | null;

  @Field(() => String, { nullable: true, description: '兑现说明 · How it was kept, in words.' })
  @Property({ type: SealedType, nullable: true })
  outcome?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: '撤销时间 · When an amendment took it away; null while it stands.',
  })
  @Property({ type: 'timestamptz', nullable: true })
  amendedAwayAt?: Date | null;

  /** Whether others were told that its day has passed. */
  @Property({ type: 'boolean', default: false })
  toldBroken = false;

  /** For whoever sees the activity at which it was given, and for who stands in for the cadre who gave it. */
  static visibleTo(ctx: Ctx): Visibility {
    const concerned = concerns(ctx, 't.target_id', 't.activity_id');
    const own = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
    if (typeof concerned === 'string' || own === undefined) return concerned;
    return sql`(${concerned} or t.cadre_id in (${standsInFor(own, ctx.today())}))`;
  }

  /** Where it stands on a day (YYYY-MM-DD). */
  stateOn(today: string): PromiseState {
    return promiseState(this, today);
  }

  /** It was kept on a day, between the day it was given and today. */
  keep(on: string, outcome: string | null, today: string): Fact[] {
    if (this.amendedAwayAt) throw promiseErrors('promise.withdrawn', {}, { field: 'input.promiseId' });
    if (this.keptOn) throw promiseErrors('promise.keptAlready', { on: this.keptOn }, { field: 'input.promiseId' });
    if (on < this.madeOn || on > today)
      throw promiseErrors('promise.keptOn', { from: this.madeOn, to: today }, { field: 'input.keptOn' });
    this.keptOn = on;
    this.outcome = outcome;
    return [
      promiseKept.of({ promiseId: this.id, cadreId: this.cadreId, on, late: this.stateOn(today) === 'KEPT_LATE' }),
    ];
  }

  /** It was given by another, elsewhere, to another day, or in other words; others are told what they may know of it. */
  amended(): Fact {
    const { id: promiseId, activityId, cadreId, targetId, madeOn, dueOn } = this;
    return promiseAmended.of({ promiseId, activityId, cadreId, targetId, madeOn, dueOn });
  }

  /** It was never given. Its words stay with the amendment. */
  withdraw(at: Date): Fact {
    this.amendedAwayAt = at;
    return promiseWithdrawn.of({ promiseId: this.id, cadreId: this.cadreId });
  }
}

export const PromiseConnection = connectionOf(GivenPromise, 'Promise', '承诺');
