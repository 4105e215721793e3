export { arrangements } from './holidays.ts';
export { dayOfNthWeek, type NthWeekReading } from './second-week.ts';
export {
  addDays,
  addWorkingDays,
  isArranged,
  isWorkingDay,
  placedBy,
  workingDaysBetween,
  type DayOffRule,
} from './working-days.ts';
