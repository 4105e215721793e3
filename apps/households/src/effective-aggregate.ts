import { Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Aggregate, LocalDate } from '@frontline/platform';

/** An aggregate that holds from a day until a day (half-open: `until` is the first day on which it no longer holds). */
@ObjectType()
export abstract class EffectiveAggregate extends Aggregate {
  @Field(() => LocalDate, { name: 'from', description: '起始日 · First day on which this holds.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => LocalDate, {
    name: 'until',
    nullable: true,
    description: '截止日 · First day on which this no longer holds; null while it does.',
  })
  @Property({ type: 'date', nullable: true })
  validTo?: string | null;

  /** Whether this holds on a day (YYYY-MM-DD). */
  holdsOn(day: string): boolean {
    return this.validFrom <= day && (!this.validTo || day < this.validTo);
  }
}
