import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { allows, MEETS_RESIDENTS, placesFor, readsDistrict, SIGNED_IN, STAFF } from '@frontline/access';
import {
  Access,
  connectionOf,
  domainEnum,
  EffectiveRow,
  LocalDate,
  SAME_AS_PARENT,
  sql,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import type { ContactorKind } from '../contact-scheme/contact-scheme.entity.ts';
import type { CoverageState, GapReason, Side } from './coverage-spells.ts';

export const CoverageGapReason = domainEnum(
  'CoverageGapReason',
  '缺口原因',
  'What is wanting, or too much, in a contact scheme.',
  {
    CONTACTS_NOBODY: { zh: '未联系任何对象', en: 'Contacts nobody' },
    TOO_FEW_TARGETS: { zh: '联系对象不足', en: 'Too few targets', description: 'fewer than the scheme asks' },
    TOO_MANY_TARGETS: { zh: '联系对象过多', en: 'Too many targets', description: 'more than the scheme allows' },
    TOO_FEW_LIAISONS: {
      zh: '缺少联络员',
      en: 'Too few liaisons',
      description: 'an assignment lacks liaisons that the scheme asks',
    },
    NOT_CONTACTED: { zh: '无人联系', en: 'Nobody contacts it' },
    TOO_FEW_CONTACTORS: { zh: '联系人不足', en: 'Too few contactors', description: 'fewer than the scheme asks' },
    TOO_MANY_CONTACTORS: { zh: '联系人过多', en: 'Too many contactors', description: 'more than the scheme allows' },
  },
);

@ObjectType({
  description: '覆盖 · How many may or must be covered, and how many are; the denominator and numerator of the rate.',
})
@Access(SAME_AS_PARENT)
export class CoverageCount {
  @Field(() => Int, { description: '应覆盖 · Eligible: the denominator.' })
  eligible!: number;

  @Field(() => Int, { description: '已覆盖 · Covered by at least one assignment: the numerator.' })
  covered!: number;

  @Field(() => Float, {
    name: 'rate',
    nullable: true,
    description: '覆盖率 · Covered out of eligible, from 0 to 1; null when nobody is eligible.',
  })
  rate(): number | null {
    return this.eligible === 0 ? null : this.covered / this.eligible;
  }
}

@ObjectType({
  description: '联系制度覆盖 · Both sides of a scheme’s coverage on a day, in the district or in a part of it.',
})
@Access(SIGNED_IN)
export class SchemeCoverage {
  schemeId!: string;

  /** The organization below which both sides stand; the whole district when absent. */
  underId?: string | undefined;

  @Field(() => LocalDate, { description: '统计日 · The day asked about.' })
  asOf!: string;
}

/**
 * One row of the projection of coverage: how it stands with somebody eligible under a scheme while nothing of it changes.
 * The graph shows those that are gaps.
 */
@ObjectType({
  description:
    '覆盖缺口 · Somebody eligible of whom something is wanting; `from` is the first day on which it stands so.',
})
@Access(STAFF)
@Entity({ tableName: 'coverage_spell' })
export class CoverageGap extends EffectiveRow implements CoverageState {
  @Property({ type: 'uuid' })
  schemeId!: string;

  @Property({ type: 'text' })
  side!: Side;

  @Property({ type: 'text' })
  subjectKind!: ContactorKind;

  @Property({ type: 'uuid', index: true })
  subjectId!: string;

  /** Where it stands: the organizations of the posts by which a cadre is eligible, or the organization itself. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  placeIds!: string[];

  @Property({ type: 'boolean' })
  covered!: boolean;

  @Field(() => [CoverageGapReason], { description: '原因 · What is wanting or too much.' })
  @Property({ type: 'text[]' })
  reasons!: GapReason[];

  /**
   * Gaps name those concerned: for whoever reads the whole district, for the places in which they stand, and for the
   * cadre in question. The figures are for everybody who is signed in.
   */
  static override visibleTo(ctx: Ctx): Visibility {
    const { actor } = ctx;
    if (!allows(STAFF, actor)) return 'NONE';
    if (readsDistrict(actor)) return 'ALL';
    const places = placesFor(actor, [...MEETS_RESIDENTS, 'DEPARTMENT']);
    if (places === 'ALL') return 'ALL';
    const cadreId = actor.kind === 'person' ? (actor.cadreId ?? null) : null;
    return sql`(t.subject_id = ${cadreId} or t.id in (
      select s.id from coverage_spell s cross join lateral unnest(s.place_ids) as place(id)
      where s.reasons <> '{}' and place.id in (
        select op.descendant_id from organization_path op where op.ancestor_id = any(${places}::uuid[]))))`;
  }
}

export const CoverageGapConnection = connectionOf(CoverageGap, 'CoverageGap', '覆盖缺口');
