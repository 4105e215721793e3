import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import {
  Access,
  Aggregate,
  Instant,
  SealedType,
  connectionOf,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import {
  READS_HOUSEHOLDS,
  anyOf,
  askerAndThoseAway,
  assistedByAsker,
  inPlacesOfAsker,
} from '../household/household-access.ts';
import { CaseKind, Disposition } from './demand-enums.ts';

@ObjectType({
  description: '上门走访 · A team’s or cadre’s visit to a household: when, who, what was found and asked for.',
})
@Directive('@key(fields: "id")')
@Access(READS_HOUSEHOLDS)
@Entity()
export class HomeVisit extends Aggregate {
  @Field(() => Instant, { description: '走访时间 · When the visit took place.' })
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  heldAt!: Date;

  @Property({ type: 'uuid' })
  householdId!: string;

  /** Of the household at that time; place decides who may see. */
  @Property({ type: 'uuid' })
  residentialAreaId!: string;

  @Property({ type: 'uuid', nullable: true })
  teamId?: string | null;

  /** The cadres who went. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  cadreIds!: string[];

  /** Free words about a home: personal data, read through the resolver. */
  @Property({ type: SealedType })
  findings!: string;

  @Field({
    description: '是否看望 · Whether it was a care visit to an assisted household; it fulfils the month’s duty.',
  })
  @Property({ type: 'boolean' })
  care!: boolean;

  @Field(() => Instant, { nullable: true, description: '登记时间 · When the record reached us; null when brought in.' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  recordedAt?: Date | null;

  /** The issuer's subject of whoever recorded it; never shown. */
  @Property({ type: 'text', nullable: true })
  recorder?: string | null;

  @Field(() => Instant, { nullable: true, description: '更正时间 · When it was last amended; null when never.' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  amendedAt?: Date | null;

  @Field(() => Instant, {
    nullable: true,
    description: '撤销时间 · When it was withdrawn, as it did not take place; null while it stands.',
  })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  withdrawnAt?: Date | null;

  /** In its place, with its household, and for who went; while one of these is away, for who stands in. */
  static visibleTo(ctx: Ctx): Visibility {
    const went = askerAndThoseAway(ctx);
    const own = went && sql`t.cadre_ids && ${went}`;
    const inPlaces = inPlacesOfAsker(ctx, 't.residential_area_id');
    return anyOf('home_visit', [inPlaces, assistedByAsker(ctx, 't.household_id'), own]);
  }
}

@ObjectType({ description: '走访诉求 · One thing somebody asked for or said at a door, with exactly one disposition.' })
@Directive('@key(fields: "id")')
@Access(READS_HOUSEHOLDS)
@Entity()
export class HomeVisitDemand {
  @Field(() => ID, { description: '标识 · Id; a case that was opened from this demand carries it.' })
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid' })
  homeVisitId!: string;

  /** Place among the demands of its visit, from 0. */
  @Property({ type: 'integer' })
  position!: number;

  /** Somebody's own words: personal data, read through the resolver. */
  @Property({ type: SealedType })
  text!: string;

  @Field(() => Disposition, { description: '处置 · What became of it.' })
  @Property({ type: 'text' })
  disposition!: Disposition;

  @Field({ description: '类别编码 · Code of the case category it belongs to.' })
  @Property()
  categoryCode!: string;

  @Field(() => CaseKind, { nullable: true, description: '案件类型 · What kind of case it opens; only for CASE.' })
  @Property({ type: 'text', nullable: true })
  caseKind?: CaseKind | null;

  @Property({ type: 'uuid', index: true })
  areaId!: string;

  @Property({ type: 'uuid', nullable: true, index: true })
  householdId?: string | null;

  /** What was done on the spot, or the receipt of a transfer; words, so personal data. */
  @Property({ type: SealedType, nullable: true })
  outcome?: string | null;

  /** An amendment has withdrawn the case it opened; it can't open another. */
  @Property({ type: 'boolean', default: false })
  caseWithdrawn = false;

  @Field(() => Instant, {
    nullable: true,
    description: '撤销时间 · When an amendment took it away; null while it stands.',
  })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  amendedAwayAt?: Date | null;

  /** A demand is seen with its visit. */
  static visibleTo(ctx: Ctx): Visibility {
    const visible = HomeVisit.visibleTo(ctx);
    if (typeof visible === 'string') return visible;
    // inside the subquery `t` is the visit, as the fragment expects
    return sql`t.home_visit_id in (select t.id from home_visit t where ${visible})`;
  }
}

export const HomeVisitConnection = connectionOf(HomeVisit, 'HomeVisit', '上门走访');
