import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import {
  Access,
  EffectiveRow,
  LocalDate,
  SealedType,
  connectionOf,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { EffectiveAggregate } from '../effective-aggregate.ts';
import { READS_HOUSEHOLDS, anyOf, assistedByAsker, inPlacesOfAsker } from './household-access.ts';
import { HardshipCategory, HardshipLevel, Sex } from './household-enums.ts';

@ObjectType({
  description:
    '家庭 · A household at an address. Personal data is masked unless the caller’s role at this place gives the right; each unmasked read is in the audit trail.',
})
@Directive('@key(fields: "id")')
@Access(READS_HOUSEHOLDS)
@Entity()
export class Household extends EffectiveAggregate {
  @Field({
    description:
      '编码 · The code people use for this household; unique in the district, and says nothing of the address.',
  })
  @Property({ unique: true })
  code!: string;

  /** Personal data: read through the resolver, which masks it. */
  @Property({ type: SealedType })
  address!: string;

  /** Blind index of the address, for exact search. */
  @Property({ type: 'text', index: true })
  addressIndex!: string;

  @Property({ type: 'uuid' })
  residentialAreaId!: string;

  @Property({ type: 'uuid' })
  gridId!: string;

  static visibleTo(ctx: Ctx): Visibility {
    return anyOf('household', [inPlacesOfAsker(ctx, 't.residential_area_id'), assistedByAsker(ctx, 't.id')]);
  }
}

@ObjectType({
  description: '居民 · A person who lives in a household. Name, phone and year of birth are personal data.',
})
@Access(READS_HOUSEHOLDS)
@Entity()
export class Resident {
  @Field(() => ID, { description: '标识 · Id.' })
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  householdId!: string;

  @Property({ type: SealedType })
  name!: string;

  @Property({ type: 'text', index: true })
  nameIndex!: string;

  @Field(() => Sex, { description: '性别 · Sex.' })
  @Property({ type: 'text' })
  sex!: Sex;

  @Property({ type: 'integer' })
  birthYear!: number;

  @Field({ description: '户主 · Whether this resident is the head; exactly one of a household is.' })
  @Property({ type: 'boolean' })
  isHead!: boolean;

  @Property({ type: SealedType, nullable: true })
  phone?: string | null;

  @Property({ type: 'text', nullable: true, index: true })
  phoneIndex?: string | null;

  /** Reached only through a household that was checked. */
  static visibleTo(): Visibility {
    return 'ALL';
  }
}

@ObjectType({
  description: '困难认定 · A certificate of hardship: who issued it, for what, since when, and when it is reviewed.',
})
@Access(READS_HOUSEHOLDS)
@Entity()
export class HardshipCertificate extends EffectiveRow {
  @Property({ type: 'uuid' })
  householdId!: string;

  @Field(() => HardshipCategory, { description: '类别 · Kind of hardship.' })
  @Property({ type: 'text' })
  category!: HardshipCategory;

  @Field(() => HardshipLevel, { description: '程度 · How grave.' })
  @Property({ type: 'text' })
  level!: HardshipLevel;

  @Field({ description: '认定机关 · The authority that certified it.' })
  @Property()
  authority!: string;

  /** What the authority relied on; it may speak of health, so it is personal data. */
  @Property({ type: SealedType })
  evidence!: string;

  @Field(() => LocalDate, { description: '复核日 · When the certificate is to be reviewed.' })
  @Property({ type: 'date' })
  reviewOn!: string;

  @Field({ description: '来源 · The system or office that this fact comes from.' })
  @Property()
  source!: string;
}

export const HouseholdConnection = connectionOf(Household, 'Household', '家庭');
