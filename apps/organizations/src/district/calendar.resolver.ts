import { Arg, Ctx as Context, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { PUBLIC } from '@frontline/access';
import { addDays, calendarDay, type CalendarDay as Told, type DayKind } from '@frontline/calendar';
import { Access, domainEnum, LocalDate, platformErrors, SAME_AS_PARENT, type Ctx } from '@frontline/platform';

/** Most days of one answer: a year, and a leap year's day. */
const MOST_DAYS = 366;

export const DayKindEnum = domainEnum('DayKind', '日期类别', 'Why a day is worked or not.', {
  WORKDAY: { zh: '工作日', en: 'Working day' },
  WEEKEND: { zh: '周末', en: 'Weekend' },
  HOLIDAY: { zh: '节假日', en: 'Public holiday', description: 'weekend days within it included' },
  MAKE_UP: { zh: '调休上班', en: 'Make-up working day', description: 'a weekend day worked for a holiday' },
});

@ObjectType({ description: '节日名称 · What a holiday is called.' })
@Access(SAME_AS_PARENT)
export class HolidayName {
  @Field({ description: '中文名 · Chinese name.' })
  zh!: string;

  @Field({ description: '英文名 · English name.' })
  en!: string;
}

@ObjectType({
  description: '日历日 · A day of the working calendar, by which duties move and the clocks of cases run.',
})
@Access(SAME_AS_PARENT)
export class CalendarDay implements Told {
  @Field(() => LocalDate, { description: '日期 · The day.' })
  day!: string;

  @Field(() => DayKindEnum, { description: '类别 · Why it is worked or not.' })
  kind!: DayKind;

  @Field(() => Boolean, { description: '是否工作日 · Whether it is worked.' })
  isWorkingDay!: boolean;

  @Field(() => Boolean, {
    description:
      '是否已有放假安排 · Whether the State Council’s arrangement of its year is known here; where not, only weekends count as days off.',
  })
  isArranged!: boolean;

  @Field(() => HolidayName, {
    nullable: true,
    description: '节日 · The holiday that it belongs to or, on a make-up day, is worked for.',
  })
  holiday?: HolidayName;
}

@Resolver(() => CalendarDay)
export class CalendarResolver {
  @Query(() => CalendarDay, { nullable: true, description: '日历日 · One day of the working calendar.' })
  @Access(PUBLIC)
  calendarDay(
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day; the district’s today when absent.' })
    on?: string | null,
  ): CalendarDay {
    return calendarDay(on ?? ctx.today());
  }

  @Query(() => [CalendarDay], {
    nullable: true,
    description: `工作日历 · The working calendar day by day, ${MOST_DAYS} days at most.`,
  })
  @Access(PUBLIC)
  calendar(
    @Arg('from', () => LocalDate, { description: '从 · First day.' }) from: string,
    @Arg('to', () => LocalDate, { description: '至 · Last day, included.' }) to: string,
  ): CalendarDay[] {
    if (to < from) throw platformErrors('input.invalid', { rule: 'must not lie before from' }, { field: 'to' });
    if (to >= addDays(from, MOST_DAYS))
      throw platformErrors('input.invalid', { rule: `must lie within ${MOST_DAYS} days of from` }, { field: 'to' });
    const days: CalendarDay[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(calendarDay(day));
    return days;
  }
}
