import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import type { z } from 'zod';
import { MEETS_RESIDENTS, STAFF, allows, placesFor, readsDistrict } from '@frontline/access';
import {
  caseCalledBack,
  caseClosed,
  caseDispatched,
  caseHolderCameBack,
  caseHolderLeft,
  caseAccepted,
  casePassedOn,
  caseReopened,
  caseWithdrawn,
  cadreRecord,
  organizationRecord,
  type caseRecord,
  type Fact,
  type RecordOf,
} from '@frontline/events';
import {
  Access,
  Aggregate,
  connectionOf,
  defineErrors,
  recordsNaming,
  sql,
  type Ctx,
  type Sql,
  type Visibility,
} from '@frontline/platform';
import type { ClosingCode } from '../callback/callback-enums.ts';
import { CaseChannel, CaseKind, CaseState, type SourceKind } from './case-enums.ts';
import { afterSuccession, type Succession } from './case-succession.ts';
import { finalStates, nextState, type CaseAction } from './case-lifecycle.ts';

/** What can be wrong with a move of a case. */
export const caseErrors = defineErrors({
  'case.illegalMove': {
    kind: 'illegalState',
    field: 'input.caseId',
    en: '{field}: a case that is {state} cannot do “{action}”.',
    zh: '{field}：状态为 {state} 的案件不能执行“{action}”。',
  },
});

/** What others are told of a callback. */
export type CallbackFacts = Omit<z.input<(typeof caseCalledBack)['data']>, 'record'>;

@ObjectType({ description: '案件 · One demand that must be answered.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity({ tableName: 'case_file' })
export class Case extends Aggregate {
  @Field({ description: '编号 · Number, per year; gaps are allowed.' })
  @Property({ unique: true })
  number!: string;

  @Field({ description: '标题 · What it is about: its category and place, or the title somebody gave it.' })
  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'text' })
  categoryCode!: string;

  @Field(() => CaseKind, { description: '类型 · What kind of answer is asked for.' })
  @Property({ type: 'text' })
  kind!: CaseKind;

  @Field(() => CaseChannel, { description: '渠道 · How it reached the district.' })
  @Property({ type: 'text' })
  channel!: CaseChannel;

  @Field(() => CaseState, { description: '状态 · Where it stands.' })
  @Property({ type: 'text' })
  state!: CaseState;

  /** The demand it answers; at most one case per demand. */
  @Property({ type: 'uuid', nullable: true })
  @Unique()
  demandId?: string | null;

  @Property({ type: 'text', nullable: true })
  sourceKind?: SourceKind | null;

  @Property({ type: 'uuid', nullable: true, index: true })
  sourceId?: string | null;

  @Property({ type: 'uuid', index: true })
  areaId!: string;

  @Property({ type: 'uuid', nullable: true, index: true })
  householdId?: string | null;

  @Property({ type: 'uuid', nullable: true, index: true })
  leadOrganizationId?: string | null;

  @Property({ type: 'uuid', nullable: true, index: true })
  holderCadreId?: string | null;

  /** Who held it until they left the district's service, while nobody else has been given it since. */
  @Property({ type: 'uuid', nullable: true, index: true })
  leftById?: string | null;

  /** Complaints about cadres or participants: seen only by those named, and silent on public topics. */
  @Property({ type: 'boolean', default: false })
  sensitive = false;

  @Field(() => Date, { description: '登记时间 · When it was registered.' })
  @Property({ type: 'timestamptz' })
  registeredAt!: Date;

  @Field(() => Date, {
    description: '承诺时限 · By when the resident is promised an answer; a transfer never moves it.',
  })
  @Property({ type: 'timestamptz' })
  promiseDueAt!: Date;

  @Field(() => Date, { nullable: true, description: '环节时限 · By when whoever holds it now is due.' })
  @Property({ type: 'timestamptz', nullable: true })
  hopDueAt?: Date | null;

  @Field(() => Date, { nullable: true, description: '答复时间 · When the resident was first answered.' })
  @Property({ type: 'timestamptz', nullable: true })
  answeredAt?: Date | null;

  @Field(() => Date, { nullable: true, description: '办结时间 · When it was concluded.' })
  @Property({ type: 'timestamptz', nullable: true })
  closedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '办结方式 · How it was concluded.' })
  @Property({ type: 'text', nullable: true })
  closingCode?: string | null;

  /** Cadres see what they hold themselves, and the queue of whoever is away while they stand in (design/domain.md, Absence). */
  static visibleTo(ctx: Ctx): Visibility {
    const { actor } = ctx;
    if (actor.kind === 'system') return 'ALL';
    if (!allows(STAFF, actor) || actor.kind !== 'person') return 'NONE';
    if (readsDistrict(actor)) return sql`not t.sensitive`;
    const places = placesFor(actor, MEETS_RESIDENTS);
    const departments = placesFor(actor, ['DEPARTMENT']);
    return sql`(not t.sensitive and (t.holder_cadre_id = any(${queuesOf(ctx, actor.cadreId)})
      or t.lead_organization_id = any(${departments === 'ALL' ? [] : departments}::uuid[])
      or t.area_id in (select c.id from local_copy c where c.aggregate_type = ${organizationRecord.aggregate} and c.data -> 'path' ?| ${places === 'ALL' ? [] : places}::text[])))`;
  }

  /** Whether somebody must still do something. */
  get isOpen(): boolean {
    return !finalStates.includes(this.state);
  }

  /** Whether the promise was or is broken: answered too late, or not answered and late by now. */
  wasOverdue(now: Date): boolean {
    return (this.answeredAt ?? this.closedAt ?? now).getTime() > this.promiseDueAt.getTime();
  }

  /** The case is one that the district must answer. */
  accept(): Fact[] {
    this.move('accept');
    return this.tell(() => caseAccepted.of({ record: this.record() }));
  }

  /** The case is given to an organization; its own clock begins, the promise runs on. */
  dispatch(organizationId: string, dueAt: Date): Fact[] {
    this.move('dispatch');
    this.leadOrganizationId = organizationId;
    this.hopDueAt = dueAt;
    this.leftById = null;
    return this.tell(() => caseDispatched.of({ organizationId, dueAt: dueAt.toISOString(), record: this.record() }));
  }

  /** The demand behind the case was amended away; nothing needs to be answered any more. */
  withdraw(): Fact[] {
    this.move('withdraw');
    return this.tell(() => caseWithdrawn.of({ record: this.record() }));
  }

  /** Somebody has asked, or tried to ask, what came of it; a case that is closed stays so. */
  callBack(said: CallbackFacts): Fact[] {
    if (this.state !== 'CALLBACK' && this.state !== 'CLOSED') this.move('callBack');
    return this.tell(() => caseCalledBack.of({ ...said, record: this.record() }));
  }

  /** It is concluded: how the unit says it ended, whatever the person says of it. */
  close(closingCode: ClosingCode, at: Date): Fact[] {
    this.move('close');
    Object.assign(this, { closingCode, closedAt: at, hopDueAt: null });
    return this.tell(() => caseClosed.of({ closingCode, record: this.record() }));
  }

  /** It was not solved: whoever leads it works on it again, under a clock of its own; the promise runs on. */
  reopen(dueAt: Date): Fact[] {
    this.move('reopen');
    this.hopDueAt = dueAt;
    return this.tell(() => caseReopened.of({ dueAt: dueAt.toISOString(), record: this.record() }));
  }

  /** Its organization or its place was taken over by another since a day; the clocks run on. Nothing to say when neither concerns it. */
  follow(succession: Succession): Fact[] {
    const next = afterSuccession(succession, this);
    if (next.leadOrganizationId === this.leadOrganizationId && next.areaId === this.areaId) return [];
    Object.assign(this, next);
    const { organizationId: fromId, on } = succession;
    return this.tell(() => casePassedOn.of({ fromId, on, record: this.record() }));
  }

  /**
   * Whoever holds it has left the service (`left`) or moved: nobody does, until somebody of its organization takes it. Nothing
   * to say when nobody did.
   */
  holderLeaves(on: string, left: boolean): Fact[] {
    const cadreId = this.holderCadreId;
    if (!cadreId) return [];
    this.holderCadreId = null;
    this.leftById = left ? cadreId : null;
    return this.tell(() => caseHolderLeft.of({ cadreId, on, record: this.record() }));
  }

  /** Whoever held it has not left after all, and has it again; nothing to say where somebody else was given it. */
  holderComesBack(on: string): Fact[] {
    const cadreId = this.leftById;
    if (!cadreId || this.holderCadreId) return [];
    Object.assign(this, { holderCadreId: cadreId, leftById: null });
    return this.tell(() => caseHolderCameBack.of({ cadreId, on, record: this.record() }));
  }

  private move(action: CaseAction): void {
    const next = nextState(this.state, action);
    if (!next) throw caseErrors('case.illegalMove', { state: this.state, action });
    this.state = next;
  }

  private tell(fact: () => Fact): Fact[] {
    return this.sensitive ? [] : [fact()];
  }

  /** What others copy of this case. */
  record(): RecordOf<typeof caseRecord> {
    const {
      id,
      number,
      state,
      demandId,
      sourceKind,
      sourceId,
      categoryCode,
      areaId,
      leadOrganizationId,
      holderCadreId,
      householdId,
      registeredAt,
      closedAt,
    } = this;
    return {
      id,
      number,
      state,
      categoryCode,
      areaId,
      registeredAt: registeredAt.toISOString(),
      ...(demandId && { demandId }),
      ...(sourceKind && sourceId && { source: { kind: sourceKind, id: sourceId } }),
      ...(leadOrganizationId && { leadOrganizationId }),
      ...(holderCadreId && { holderCadreId }),
      ...(householdId && { householdId }),
      ...(closedAt && { closedAt: closedAt.toISOString() }),
    };
  }
}

export const CaseConnection = connectionOf(Case, 'Case', '案件');

@ObjectType({ description: '办理环节 · A state of a case, who held it from then on, and what was noted.' })
@Access(STAFF)
@Entity()
export class CaseMove {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  caseId!: string;

  @Field(() => CaseState, { description: '状态 · The state from then on.' })
  @Property({ type: 'text' })
  state!: CaseState;

  @Field(() => Date, { description: '时间 · Since when.' })
  @Property({ type: 'timestamptz' })
  at!: Date;

  @Property({ type: 'uuid', nullable: true })
  byCadreId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  /** The organization that had it before and was taken over; nobody for every other move. */
  @Property({ type: 'uuid', nullable: true })
  succeedsId?: string | null;

  @Field(() => String, { nullable: true, description: '说明 · What was noted.' })
  @Property({ type: 'text', nullable: true })
  note?: string | null;

  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }
}

/** A cadre, and whoever is away today while this one stands in, as an array. */
function queuesOf(ctx: Ctx, cadreId: string | undefined): Sql {
  if (cadreId === undefined) return sql`'{}'::uuid[]`;
  const away = { list: 'absences', property: 'substituteId', value: cadreId, day: ctx.today() };
  return sql`array(select ${cadreId}::uuid union all ${recordsNaming(cadreRecord, away)})`;
}
