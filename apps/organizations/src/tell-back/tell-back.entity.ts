import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { tellBackPassedOn, tellBackTold, type Fact } from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  SealedType,
  connectionOf,
  defineErrors,
  domainEnum,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { concerns } from '../activity/activity.entity.ts';
import { dutyState, type DutyState } from '../duty/duty-state.ts';
import { owedToAsker } from './owed-to.ts';
import type { Owes, ToldAs } from './who-tells.ts';

/** What can be wrong with a tell-back. */
export const tellBackErrors = defineErrors({
  'tellBack.notYours': {
    kind: 'forbidden',
    en: '{field}: only who took part where it was heard, who owes it now, or who stood in for them on that day tells the person.',
    zh: '{field}：只有当时参加走访的干部、现责任人或当日的代理人可以登记反馈。',
  },
  'tellBack.toldAlready': {
    kind: 'illegalState',
    en: '{field}: the person was told on {on}.',
    zh: '{field}：已于 {on} 反馈。',
  },
  'tellBack.toldOn': {
    kind: 'invalid',
    en: '{field} must lie between {from} (when the case was closed) and {to}.',
    zh: '{field} 必须在 {from}（结案日）与 {to} 之间。',
  },
});

export const ToldThrough = domainEnum(
  'ToldThrough',
  '反馈途径',
  'By what somebody was told what came of what they said.',
  {
    WHO_HEARD_IT: { zh: '走访干部', en: 'Who took part in the visit' },
    SUCCESSOR: { zh: '接任干部', en: 'Successor', description: 'who has taken the contact over since' },
    SUBSTITUTE: { zh: '代理人', en: 'Substitute', description: 'who stood in for whoever owed it, on that day' },
    IN_CHARGE: {
      zh: '属地或联系单位',
      en: 'Organization in charge',
      description: 'who meets residents where it is about, or serves in the organization that holds the contact',
    },
    CALLBACK: { zh: '回访', en: 'Callback', description: 'a callback about the case reached them first' },
  },
);
export type ToldThrough = keyof typeof ToldThrough;

@ObjectType({
  description:
    '反馈告知 · Owed when a case from an activity or a home visit is closed: whoever heard the demand tells the person.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class TellBack extends Aggregate {
  /** The demand it is about; each is told back once. */
  @Property({ type: 'uuid', unique: true })
  demandId!: string;

  /** The activity where it was heard; none when it was heard at a door. */
  @Property({ type: 'uuid', nullable: true, index: true })
  activityId?: string | null;

  /** The home visit where it was heard, of the households service; none when it was heard at an activity. */
  @Property({ type: 'uuid', nullable: true })
  homeVisitId?: string | null;

  /** The cadres who heard it at that home visit; who heard it at an activity took part in that. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  heardByIds: string[] = [];

  /** Where the demand is about. */
  @Property({ type: 'uuid' })
  areaId!: string;

  @Property({ type: 'uuid' })
  caseId!: string;

  /** The cadre who recorded the demand, or else one who took part, or who has taken the contact over; nobody when no cadre did, or none is left. */
  @Property({ type: 'uuid', nullable: true })
  cadreId?: string | null;

  /** The organization in charge, when no cadre is left whose it would be. */
  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => LocalDate, { description: '起 · The day on which the case was closed.' })
  @Property({ type: 'date' })
  owedFrom!: string;

  @Field(() => LocalDate, { description: '期限 · Last day on which the person is told in time.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => LocalDate, { nullable: true, description: '反馈日 · When the person was told.' })
  @Property({ type: 'date', nullable: true })
  toldOn?: string | null;

  @Property({ type: 'uuid', nullable: true })
  toldById?: string | null;

  /** In what capacity somebody told it; none while nobody did, and for a callback. */
  @Property({ type: 'text', nullable: true })
  toldAs?: ToldAs | null;

  /** The callback about the case that told the person, when nobody who heard the demand was faster. */
  @Property({ type: 'uuid', nullable: true })
  callbackId?: string | null;

  @Field(() => String, { nullable: true, description: '反馈情况 · What the person said to it, in words.' })
  @Property({ type: SealedType, nullable: true })
  note?: string | null;

  /** For whoever sees the activity; of one that was said at a door, for who heard it and for the place; for whose it is, and who stands in for them. */
  static visibleTo(ctx: Ctx): Visibility {
    const concerned = concerns(ctx, 't.area_id', 't.activity_id');
    const cadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
    if (typeof concerned === 'string' || cadreId === undefined) return concerned;
    return sql`(${concerned} or t.heard_by_ids @> array[${cadreId}]::uuid[] or ${owedToAsker(ctx, 't')})`;
  }

  @Field(() => ToldThrough, {
    nullable: true,
    description: '反馈途径 · By what the person was told; null while they were not. The callbacks stand with the case.',
  })
  get toldThrough(): ToldThrough | null {
    if (!this.toldOn) return null;
    return this.callbackId ? 'CALLBACK' : (this.toldAs ?? 'WHO_HEARD_IT');
  }

  /** Where it stands on a day, as any duty does. */
  stateOn(today: string): DutyState {
    const { owedFrom: windowStart, dueOn: windowEnd, toldOn: fulfilledOn = null, toldAs } = this;
    return dutyState({ windowStart, windowEnd, fulfilledOn, substituted: toldAs === 'SUBSTITUTE' }, today);
  }

  /** Whose it is from a day on; nothing comes of it where it is theirs already. The day by which the person is to be told stays. */
  passTo({ cadreId, organizationId }: Owes, on: string): Fact[] {
    const from = { cadreId: this.cadreId ?? null, organizationId: this.organizationId ?? null };
    if (from.cadreId === cadreId && from.organizationId === organizationId) return [];
    Object.assign(this, { cadreId, organizationId });
    const { id: tellBackId, demandId, caseId, dueOn } = this;
    return [
      tellBackPassedOn.of({
        tellBackId,
        demandId,
        caseId,
        ...(from.cadreId && { fromCadreId: from.cadreId }),
        ...(cadreId && { cadreId }),
        ...(organizationId && { organizationId }),
        on,
        dueOn,
      }),
    ];
  }

  /** The person was told on a day, between the closing of the case and today, by somebody in a capacity. */
  tell(on: string, by: { cadreId: string | null; as: ToldAs }, note: string | null, today: string): Fact[] {
    if (this.toldOn) throw tellBackErrors('tellBack.toldAlready', { on: this.toldOn }, { field: 'input.tellBackId' });
    if (on < this.owedFrom || on > today)
      throw tellBackErrors('tellBack.toldOn', { from: this.owedFrom, to: today }, { field: 'input.toldOn' });
    Object.assign(this, { toldOn: on, toldById: by.cadreId, toldAs: by.as, note });
    return [this.told(on, { ...(by.cadreId && { cadreId: by.cadreId }), as: by.as })];
  }

  /** A callback about the case reached the person on a day, which may be before the case was closed. Who was told already is told no second time. */
  toldByCallback(callbackId: string, on: string): Fact[] {
    if (this.toldOn) return [];
    Object.assign(this, { toldOn: on, callbackId });
    return [this.told(on, { callbackId })];
  }

  private told(on: string, by: { cadreId?: string; as?: ToldAs; callbackId?: string }): Fact {
    const { id: tellBackId, demandId, caseId } = this;
    return tellBackTold.of({ tellBackId, demandId, caseId, ...by, on, late: on > this.dueOn });
  }
}

export const TellBackConnection = connectionOf(TellBack, 'TellBack', '反馈告知');
