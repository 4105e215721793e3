import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import { roles } from '@frontline/access';
import { Access, Aggregate, LocalDate, domainEnum, sql, type Ctx, type Visibility } from '@frontline/platform';
import type { CalendarEntry, FeedLanguage } from './calendar-entries.ts';

export const CalendarLanguage = domainEnum('CalendarLanguage', '日历语言', 'In which language a calendar is written.', {
  ZH: { zh: '中文', en: 'Chinese' },
  EN: { zh: '英文', en: 'English' },
});
export type CalendarLanguage = keyof typeof CalendarLanguage;

@ObjectType({
  description:
    '日历订阅 · An address from which calendar programs read a cadre’s duties and receptions; whoever knows it can read them, until it is revoked.',
})
@Access(roles('CADRE', 'ADMIN'))
@Entity()
export class CalendarFeed extends Aggregate {
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  /** SHA-256 of the secret in the address; the secret itself is not kept. */
  @Property({ type: 'text', unique: true })
  tokenHash!: string;

  @Field({ description: '名称 · What its owner calls it, such as the device that reads it.' })
  @Property({ type: 'text' })
  label!: string;

  @Field(() => CalendarLanguage, { description: '语言 · In which language it is written.' })
  @Property({ type: 'text' })
  language!: CalendarLanguage;

  @Field(() => Date, { description: '创建时间 · When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt!: Date;

  @Field(() => LocalDate, {
    nullable: true,
    description: '最近读取日 · The last day on which it was read; null if never.',
  })
  @Property({ type: 'date', nullable: true })
  lastReadOn?: string | null;

  @Field(() => Date, { nullable: true, description: '撤销时间 · When it was revoked; null while it can be read.' })
  @Property({ type: 'timestamptz', nullable: true })
  revokedAt?: Date | null;

  /** A cadre's own; whoever administers the platform sees that they exist, and can revoke them. */
  static visibleTo({ actor }: Ctx): Visibility {
    if (actor.kind !== 'person') return 'NONE';
    if (actor.grants.some(({ role }) => role === 'ADMIN')) return 'ALL';
    return actor.cadreId ? sql`t.cadre_id = ${actor.cadreId}` : 'NONE';
  }

  get writtenIn(): FeedLanguage {
    return this.language === 'ZH' ? 'zh' : 'en';
  }
}

/** What a feed last showed of one thing, so that a change of it can be told from none. */
@Entity()
export class CalendarFeedItem {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid' })
  feedId!: string;

  @Property({ type: 'text' })
  uid!: string;

  @Property({ type: 'jsonb' })
  entry!: CalendarEntry;

  @Property({ type: 'integer' })
  sequence!: number;

  @Property({ type: 'timestamptz' })
  changedAt!: Date;

  /** Nobody reads these but the feed itself. */
  static visibleTo(_ctx: Ctx): Visibility {
    return 'NONE';
  }
}
