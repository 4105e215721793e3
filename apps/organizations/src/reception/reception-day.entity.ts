import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { SIGNED_IN, STAFF, allows } from '@frontline/access';
import {
  receptionCancelled,
  receptionHeld,
  receptionMoved,
  receptionPlanned,
  receptionAttendanceAmended,
  receptionReceiversChanged,
  type Fact,
} from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  connectionOf,
  dayOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { receptionErrors } from './reception.errors.ts';

export const ReceptionKind = domainEnum('ReceptionKind', '接待类别', 'Where people are received.', {
  MONTHLY: { zh: '每月接待日', en: 'Monthly reception', description: 'at the service centre of a subdistrict or town' },
  CONCENTRATED: {
    zh: '集中接待',
    en: 'Concentrated reception',
    description: 'in the communities, all over the district',
  },
});
export type ReceptionKind = keyof typeof ReceptionKind;

export const ReceptionState = domainEnum(
  'ReceptionState',
  '接待状态',
  'Where a reception stands on the day of asking.',
  {
    PLANNED: { zh: '待举行', en: 'Planned' },
    HELD: { zh: '已举行', en: 'Held' },
    UNRECORDED: {
      zh: '未登记',
      en: 'Unrecorded',
      description: 'its day has passed and nobody recorded what came of it',
    },
    CANCELLED: { zh: '已取消', en: 'Cancelled' },
  },
);
export type ReceptionState = keyof typeof ReceptionState;

@ObjectType({
  description:
    '接待日 · People are received by delegates, on a day, at a service centre or in a community; what they raise there are demands as at any visit.',
})
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
@Entity()
export class ReceptionDay extends Aggregate {
  @Field(() => ReceptionKind, { description: '类别 · Monthly, or concentrated in the communities.' })
  @Property({ type: 'text' })
  kind!: ReceptionKind;

  /** The day that the schedule gave, by which it is known whatever becomes of it. */
  @Property({ type: 'date' })
  occurrence!: string;

  @Field(() => LocalDate, { description: '日期 · On which day.' })
  @Property({ type: 'date' })
  date!: string;

  @Field(() => LocalDate, {
    nullable: true,
    description: '原定日期 · The day from which it was moved; null if it was not.',
  })
  @Property({ type: 'date', nullable: true })
  movedFrom?: string | null;

  @Property({ type: 'uuid' })
  subdistrictId!: string;

  @Property({ type: 'uuid', index: true })
  venueId!: string;

  @Field(() => Int, { description: '席位 · How many delegates receive.' })
  @Property({ type: 'integer' })
  seats!: number;

  @Field(() => Int, { nullable: true, description: '制度版本 · Version of the contact scheme that asked for it.' })
  @Property({ type: 'integer', nullable: true })
  schemeVersion?: number | null;

  @Field(() => LocalDate, { nullable: true, description: '取消日 · When it was cancelled.' })
  @Property({ type: 'date', nullable: true })
  cancelledOn?: string | null;

  @Field(() => String, { nullable: true, description: '变更缘由 · Why it was moved or cancelled.' })
  @Access(STAFF)
  @Property({ type: 'text', nullable: true })
  changeReason?: string | null;

  /** When people were received, as its record says. */
  @Property({ type: 'timestamptz', nullable: true })
  heldAt?: Date | null;

  /** The activity that tells what was raised. */
  @Property({ type: 'uuid', nullable: true, unique: true })
  activityId?: string | null;

  /** When and where people are received is for everyone who is signed in; who receives and what came of it, for staff. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }

  /** Where it stands on a day (YYYY-MM-DD). */
  stateOn(today: string): ReceptionState {
    if (this.activityId) return 'HELD';
    if (this.cancelledOn) return 'CANCELLED';
    return this.date < today ? 'UNRECORDED' : 'PLANNED';
  }

  /** Whether who receives may still change: it lies ahead of a day. */
  isAhead(today: string): boolean {
    return this.stateOn(today) === 'PLANNED' && this.date > today;
  }

  /** It is held on another day to come. */
  move(to: string, reason: string, today: string): Fact[] {
    refuseNotPlanned(this, today);
    if (to <= today || to === this.date) throw receptionErrors('reception.moveTo', { today }, { field: 'input.to' });
    const from = this.date;
    this.movedFrom ??= from;
    this.date = to;
    this.changeReason = reason;
    return [receptionMoved.of({ receptionId: this.id, from, to })];
  }

  /** It will not be held. */
  cancel(reason: string, today: string): Fact[] {
    refuseNotPlanned(this, today);
    this.cancelledOn = today;
    this.changeReason = reason;
    return [receptionCancelled.of({ receptionId: this.id, date: this.date })];
  }

  /** It was held: what was raised stands in the activity. */
  hold(session: { activityId: string; heldAt: Date; representativeIds: readonly string[]; raised: number }): Fact[] {
    const field = 'input.receptionId';
    if (this.activityId) throw receptionErrors('reception.held', {}, { field });
    if (this.cancelledOn) throw receptionErrors('reception.cancelled', { on: this.cancelledOn }, { field });
    const { activityId, heldAt, representativeIds, raised } = session;
    if (dayOf(heldAt) < this.date)
      throw receptionErrors('reception.heldBefore', { date: this.date }, { field: 'input.heldAt' });
    Object.assign(this, { activityId, heldAt });
    const { id, kind, venueId, subdistrictId } = this;
    return [
      receptionHeld.of({
        receptionId: id,
        kind,
        venueId,
        subdistrictId,
        activityId,
        heldAt: heldAt.toISOString(),
        representativeIds: [...representativeIds],
        raised,
      }),
    ];
  }

  /** Others received than was recorded. */
  attendedBy(representativeIds: readonly string[]): Fact {
    const { id: receptionId, activityId } = this;
    return receptionAttendanceAmended.of({
      receptionId,
      activityId: activityId as string,
      representativeIds: [...representativeIds],
    });
  }

  /** It is in the plan by now, with who receives. */
  planned(representativeIds: readonly string[]): Fact {
    const { id: receptionId, kind, date, venueId, subdistrictId } = this;
    return receptionPlanned.of({
      receptionId,
      kind,
      date,
      venueId,
      subdistrictId,
      representativeIds: [...representativeIds],
    });
  }

  /** Others receive by now. */
  receivedBy(representativeIds: readonly string[], reason: 'ROTA' | 'SWAPPED'): Fact {
    const { id: receptionId, date } = this;
    return receptionReceiversChanged.of({ receptionId, date, reason, representativeIds: [...representativeIds] });
  }
}

function refuseNotPlanned(reception: ReceptionDay, today: string): void {
  const state = reception.stateOn(today);
  if (state !== 'PLANNED') throw receptionErrors('reception.notPlanned', { state }, { field: 'input.receptionId' });
}

@ObjectType({ description: '接待席位 · One place at a reception, and who has it.' })
@Access(STAFF)
@Entity()
export class ReceptionSeat {
  @Field(() => ID, { description: '标识 · Id; it stays while people swap.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid', index: true })
  receptionDayId!: string;

  @Field(() => Int, { description: '序号 · Which seat of its reception, from 1.' })
  @Property({ type: 'integer' })
  nth!: number;

  @Property({ type: 'uuid', nullable: true, index: true })
  representativeId?: string | null;

  /** The cadre who is that representative, if one is. */
  @Property({ type: 'uuid', nullable: true, index: true })
  cadreId?: string | null;

  @Field(() => Boolean, { description: '已调换 · Whether it was swapped by agreement; a new rota leaves it so.' })
  @Property({ type: 'boolean', default: false })
  swapped = false;

  @Field(() => Boolean, {
    nullable: true,
    description: '是否到场 · Whether they came; null while nobody has recorded the reception.',
  })
  @Property({ type: 'boolean', nullable: true })
  attended?: boolean | null;

  /** Reached only through a reception, by those who may see who receives. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const ReceptionDayConnection = connectionOf(ReceptionDay, 'ReceptionDay', '接待日');
