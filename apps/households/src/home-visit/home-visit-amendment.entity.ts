import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import { Access, Instant, SAME_AS_PARENT, SealedType, type Ctx, type Visibility } from '@frontline/platform';
import { READS_HOUSEHOLDS } from '../household/household-access.ts';
import type { Change } from './amendment.ts';

@ObjectType({ description: '走访更正内容 · One thing that an amendment of a home visit changed.' })
@Access(SAME_AS_PARENT)
export class HomeVisitChange implements Change {
  @Field({
    description: '字段 · Which field; demand for one that was added or taken away, withdrawn for the whole visit.',
  })
  field!: string;

  @Field(() => ID, { nullable: true, description: '诉求 · The demand that it is about; null for the visit itself.' })
  demandId?: string;

  @Field(() => String, {
    nullable: true,
    description: '更正前 · What it was; null for nothing, and for words that the caller may not see.',
  })
  before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: '更正后 · What it is; null for nothing, and for words that the caller may not see.',
  })
  after!: string | null;
}

@ObjectType({ description: '走访更正 · An amendment of a home visit: who, when, why, and what was before.' })
@Access(READS_HOUSEHOLDS)
@Entity()
export class HomeVisitAmendment {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  homeVisitId!: string;

  @Field(() => Instant, { description: '时间 · When.' })
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  at!: Date;

  /** The cadre who amended; none for others, whom the audit trail names. */
  @Property({ type: 'uuid', nullable: true })
  byCadreId?: string | null;

  /** Free words about a home: personal data, read through the resolver. */
  @Property({ type: SealedType })
  reason!: string;

  /** What it changed, as JSON: what people said is in it, so it is sealed. */
  @Property({ type: SealedType })
  changed!: string;

  /** Reached only through a visit that the caller sees. */
  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }
}
