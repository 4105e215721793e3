import { Field, ID, InputType } from 'type-graphql';
import { CalendarLanguage } from './calendar-feed.entity.ts';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same feed.';

@InputType({ description: '创建日历订阅 · An address for a calendar program of yours.' })
export class CreateCalendarFeedInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field({ description: '名称 · What you call it, such as “phone”; 1 to 60 characters.' })
  label!: string;

  @Field(() => CalendarLanguage, { defaultValue: 'ZH', description: '语言 · In which language it is written.' })
  language!: CalendarLanguage;
}

@InputType({ description: '撤销日历订阅 · An address that is to lead nowhere from now on.' })
export class RevokeCalendarFeedInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '日历订阅 · Which feed.' })
  feedId!: string;
}
