export { dayOfNthWeek, nthWeekOf, nthWeekRule, type NthWeek, type NthWeekReading } from './nth-week.ts';
export { RecurrenceError } from './recurrence-parts.ts';
export { Recurrence, type Period } from './recurrence.ts';
export { windowsBetween, type Owed, type Window } from './windows.ts';
export {
  addDays,
  addWorkingDays,
  calendarDay,
  isArranged,
  isWorkingDay,
  placedBy,
  workingDaysBetween,
  type CalendarDay,
  type DayKind,
  type DayOffRule,
} from './working-days.ts';
