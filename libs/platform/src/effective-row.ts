import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import type { Ctx } from './context.ts';
import type { Visibility } from './rows.ts';
import { LocalDate } from './scalars.ts';

/**
 * A row that holds from a day until a day (half-open: `until` is the first day on which it no longer holds), owned by an
 * aggregate. Whoever may see its owner may see it; a subclass narrows `visibleTo` where that is not so.
 */
@ObjectType()
export abstract class EffectiveRow {
  @Field(() => ID, { description: '标识 · Id.' })
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

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

  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }

  /** Whether this holds on a day (YYYY-MM-DD). */
  holdsOn(day: string): boolean {
    return this.validFrom <= day && (this.validTo === undefined || this.validTo === null || day < this.validTo);
  }
}
