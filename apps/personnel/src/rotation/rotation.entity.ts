import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import {
  organizationRecord,
  rotationBegun,
  rotationCancelled,
  rotationCompleted,
  rotationPlanned,
  rotationResumed,
  type Fact,
} from '@frontline/events';
import { MEETS_RESIDENTS, STAFF, allows, placesFor, readsDistrict } from '@frontline/access';
import {
  Access,
  Aggregate,
  LocalDate,
  connectionOf,
  domainEnum,
  sql,
  validOn,
  withinPlaces,
  type Ctx,
  type Sql,
  type Visibility,
} from '@frontline/platform';
import { afterAction, type RotationAction, type RotationStateName } from './rotation-lifecycle.ts';
import { rotationErrors } from './rotation.errors.ts';

export const RotationState = domainEnum('RotationState', '轮岗状态', 'Where a rotation stands.', {
  PLANNED: { zh: '已计划', en: 'Planned' },
  ACTIVE: { zh: '进行中', en: 'Under way' },
  COMPLETED: { zh: '已完成', en: 'Completed', description: 'it counts as grassroots experience' },
  CANCELLED: { zh: '已取消', en: 'Cancelled' },
});
export type RotationState = RotationStateName;

/** Why a rotation was cancelled; ASSUMED. */
export const RotationCancelReason = domainEnum(
  'RotationCancelReason',
  '轮岗取消原因',
  'Why a rotation was cancelled.',
  {
    PLAN_CHANGED: { zh: '计划调整', en: 'The plan was changed' },
    HEALTH: { zh: '健康原因', en: 'For health' },
    CADRE_LEFT: { zh: '退休或离任', en: 'The cadre retired or left' },
    OTHER: { zh: '其他', en: 'Another reason' },
  },
);
export type RotationCancelReason = keyof typeof RotationCancelReason;

@ObjectType({
  description: '轮岗锻炼 · A planned period of grassroots service; completing it adds the experience.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Rotation extends Aggregate {
  @Property({ type: 'uuid' })
  cadreId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => RotationState, { description: '状态 · Where it stands.' })
  @Property({ type: 'text' })
  state: RotationState = 'PLANNED';

  @Field(() => LocalDate, { name: 'from', description: '计划起始日 · First day as planned.' })
  @Property({ type: 'date' })
  plannedFrom!: string;

  @Field(() => LocalDate, { name: 'until', description: '计划结束日 · First day after it, as planned.' })
  @Property({ type: 'date' })
  plannedUntil!: string;

  @Field(() => LocalDate, { nullable: true, description: '实际起始日 · Day on which it began.' })
  @Property({ type: 'date', nullable: true })
  begunOn?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '实际结束日 · Day on which it was completed or cancelled: the first one without it.',
  })
  @Property({ type: 'date', nullable: true })
  endedOn?: string | null;

  @Field(() => RotationCancelReason, { nullable: true, description: '取消原因 · Why it was cancelled, if it was.' })
  @Property({ type: 'text', nullable: true })
  cancelReason?: RotationCancelReason | null;

  /** Plans for persons are seen by who reads the whole district, at the places they lead from and to, and by the cadre. */
  static visibleTo({ actor, today }: Ctx): Visibility {
    if (!allows(STAFF, actor)) return 'NONE';
    if (readsDistrict(actor)) return 'ALL';
    const places = placesFor(actor, [...MEETS_RESIDENTS, 'DEPARTMENT']);
    const there = withinPlaces(organizationRecord, sql.ref('t.organization_id'), places);
    const staffThere = withinPlaces(organizationRecord, sql.ref('p.organization_id'), places);
    const own = actor.kind === 'person' && actor.cadreId ? sql`t.cadre_id = ${actor.cadreId}` : undefined;
    if (there === 'ALL') return 'ALL';
    const byPlace =
      there === 'NONE'
        ? undefined
        : sql`${there} or exists (select 1 from post p where p.cadre_id = t.cadre_id and ${validOn('p', today())} and ${staffThere as Sql})`;
    const parts = [byPlace, own].filter((part) => part !== undefined);
    return parts.length === 0 ? 'NONE' : sql.join(parts, sql` or `);
  }

  /** What was planned, told to others. */
  planned(): Fact[] {
    return [rotationPlanned.of({ ...this.about(), from: this.plannedFrom, until: this.plannedUntil })];
  }

  /** Begins on a day. */
  begin(on: string): Fact[] {
    this.move('begin');
    this.begunOn = on;
    return [rotationBegun.of({ ...this.about(), on })];
  }

  /** Is completed on a day, the first without it; the experience goes on the cadre's record beside this. */
  complete(on: string): Fact[] {
    this.move('complete');
    const from = this.begunOn as string;
    if (on <= from) throw rotationErrors('rotation.period', { from }, { field: 'input.on' });
    this.endedOn = on;
    return [rotationCompleted.of({ ...this.about(), from, until: on })];
  }

  /** Is cancelled, planned or under way. */
  cancel(on: string, reason: RotationCancelReason): Fact[] {
    this.move('cancel');
    this.endedOn = on;
    this.cancelReason = reason;
    return [rotationCancelled.of({ ...this.about(), on, reason })];
  }

  /** Goes on where it stood: it was a mistake that the cadre leaves, by which it was cancelled. */
  goOn(): Fact[] {
    this.move('resume');
    if (this.begunOn) this.move('begin');
    Object.assign(this, { endedOn: null, cancelReason: null });
    const { plannedFrom: from, plannedUntil: until, begunOn } = this;
    return [rotationResumed.of({ ...this.about(), from, until, ...(begunOn && { begunOn }) })];
  }

  private move(action: RotationAction): void {
    const next = afterAction(this.state, action);
    if (!next)
      throw rotationErrors('rotation.illegalMove', { action, state: this.state }, { field: 'input.rotationId' });
    this.state = next;
  }

  // not `#about`: the ORM makes entities without their constructor, so they would lack it
  private about() {
    const { id: rotationId, cadreId, organizationId } = this;
    return { rotationId, cadreId, organizationId };
  }
}

export const RotationConnection = connectionOf(Rotation, 'Rotation', '轮岗锻炼');
