import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { READS_DISTRICT, STAFF, allows, placesFor } from '@frontline/access';
import {
  pairedAssistanceEnded,
  pairedAssistanceStarted,
  type Fact,
  type RecordOf,
  type pairedAssistanceRecord,
} from '@frontline/events';
import {
  Access,
  LocalDate,
  SAME_AS_PARENT,
  connectionOf,
  domainEnum,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { areaWithin } from '../directory/places.ts';
import { EffectiveAggregate } from '../effective-aggregate.ts';
import {
  READS_HOUSEHOLDS,
  anyOf,
  askingCadre,
  assistedByAsker,
  inPlacesOfAsker,
} from '../household/household-access.ts';

/** Why a paired assistance ended; ASSUMED but for consent, which a household may withdraw at any time. */
export const AssistanceEndReason = domainEnum('AssistanceEndReason', '帮扶结束原因', 'Why a paired assistance ended.', {
  HELPER_LEFT: { zh: '帮扶干部离任', en: 'The helper left the district’s service' },
  HELPER_NOT_ELIGIBLE: { zh: '帮扶干部不再符合条件', en: 'The helper may no longer assist' },
  HELPER_CHANGED: { zh: '更换帮扶干部', en: 'Another cadre took over' },
  CONSENT_WITHDRAWN: { zh: '家庭不再同意', en: 'The household withdrew its consent' },
  HARDSHIP_CLOSED: { zh: '困难解除', en: 'The hardship is over' },
  HOUSEHOLD_MOVED: { zh: '家庭迁出', en: 'The household moved away' },
});
export type AssistanceEndReason = keyof typeof AssistanceEndReason;

@ObjectType({
  description:
    '结对帮扶 · A party cadre responsible for a hardship household that consents and may end it. Support comes from public means; private gifts are never recorded.',
})
@Directive('@key(fields: "id")')
@Access(READS_HOUSEHOLDS)
@Entity()
export class PairedAssistance extends EffectiveAggregate {
  @Property({ type: 'uuid' })
  householdId!: string;

  @Property({ type: 'uuid' })
  cadreId!: string;

  /** Of the household, kept here since place decides who may see and whom events reach. */
  @Property({ type: 'uuid', index: true })
  residentialAreaId!: string;

  @Field(() => AssistanceEndReason, { nullable: true, description: '结束原因 · Why it ended; null while it holds.' })
  @Property({ type: 'text', nullable: true })
  endReason?: AssistanceEndReason | null;

  @Field(() => LocalDate, { description: '同意日 · Day on which the household consented.' })
  @Property({ type: 'date' })
  consentedOn!: string;

  static visibleTo(ctx: Ctx): Visibility {
    const cadreId = askingCadre(ctx);
    // what one did oneself stays visible when it is over
    const own = cadreId ? sql`t.cadre_id = ${cadreId}` : undefined;
    const inPlaces = inPlacesOfAsker(ctx, 't.residential_area_id');
    return anyOf('paired_assistance', [inPlaces, assistedByAsker(ctx, 't.household_id'), own]);
  }

  /** Ends on a day (the first without it); one that never came to hold ends before it began. Nothing to say when it is over already. */
  end(on: string, reason: AssistanceEndReason): Fact[] {
    if (this.validTo && this.validTo <= on) return [];
    this.validTo = on < this.validFrom ? this.validFrom : on;
    this.endReason = reason;
    return [pairedAssistanceEnded.of({ on: this.validTo, reason, record: this.record() })];
  }

  /** The same from a day on, after it ended by a mistake; the household's consent goes on. */
  resumed(from: string, residentialAreaId: string): PairedAssistance {
    const { householdId, cadreId, consentedOn } = this;
    const held = { validFrom: from, validTo: null, endReason: null };
    return Object.assign(new PairedAssistance(), { householdId, cadreId, consentedOn, residentialAreaId, ...held });
  }

  /** The fact that it begins. */
  started(): Fact {
    return pairedAssistanceStarted.of({ record: this.record() });
  }

  /** What other services copy. */
  record(): RecordOf<typeof pairedAssistanceRecord> {
    const { id, cadreId, householdId, residentialAreaId, validFrom, validTo } = this;
    return { id, cadreId, householdId, residentialAreaId, from: validFrom, ...(validTo && { until: validTo }) };
  }
}

@ObjectType({ description: '覆盖数 · How many should be reached, and how many are.' })
@Access(SAME_AS_PARENT)
export class AssistanceCount {
  @Field(() => Int, { description: '应覆盖数 · Those who should.' })
  eligible!: number;

  @Field(() => Int, { description: '已覆盖数 · Those of them who do.' })
  covered!: number;
}

@ObjectType({
  description:
    '结对帮扶覆盖 · Party cadres who assist a household, and hardship households that are assisted, on a day.',
})
@Access(STAFF)
export class AssistanceCoverage {
  @Field(() => LocalDate, { description: '统计日 · The day asked about.' })
  asOf!: string;

  /** The place asked about; the whole district when absent. */
  within?: string | null;

  @Field(() => AssistanceCount, {
    description:
      '党员干部 · Active party cadres of that day, as the scheme assistance-care asks; below a place those who hold a post there; and those of them who assist at least one household.',
  })
  cadres!: AssistanceCount;

  @Field(() => AssistanceCount, {
    description: '困难家庭 · Households certified to be in hardship on that day, and those of them who are assisted.',
  })
  households!: AssistanceCount;
}

/** Read from our copies of personnel's records, which say no more of a cadre than their id here. */
@ObjectType({ description: '未结对干部 · An active party cadre who assists no household on a day.' })
@Access(STAFF)
@Entity({ tableName: 'local_copy', expression: 'select id from local_copy' })
export class UnpairedCadre {
  @Property({ type: 'uuid' })
  id!: string;

  /**
   * Who is listed is a member of the Party, which is for those to know who see to it: whoever reads the whole district, those
   * in whose place they hold a post, and the cadre in question. The figures are for all staff.
   */
  static visibleTo(ctx: Ctx): Visibility {
    if (!allows(STAFF, ctx.actor)) return 'NONE';
    const there = areaWithin(
      's.organization_id',
      placesFor(ctx.actor, ['SUBDISTRICT', 'DEPARTMENT', ...READS_DISTRICT]),
    );
    const cadreId = askingCadre(ctx);
    return anyOf('local_copy', [
      cadreId ? sql`t.id = ${cadreId}` : undefined,
      typeof there === 'object' ? sql`t.id in (select s.cadre_id from helper_post s where ${there})` : there,
    ]);
  }
}

export const UnpairedCadreConnection = connectionOf(UnpairedCadre, 'UnpairedCadre', '未结对干部');
export const PairedAssistanceConnection = connectionOf(PairedAssistance, 'PairedAssistance', '结对帮扶');
