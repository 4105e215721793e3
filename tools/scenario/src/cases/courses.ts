import type { Dice } from '../dice.ts';
import type { Course, Step } from './case.ts';
import type { CaseKind } from './categories.ts';

const step = (state: Step['state'], days: number, note?: string): Step => ({ state, days, ...(note && { note }) });

const taken = (department: number): Step[] => [
  step('ACCEPTED', 0),
  { state: 'DISPATCHED', days: 0, department },
  step('SIGNED_FOR', 0),
  step('HANDLING', 0),
];

/** How a case goes: most are answered in time; some late, suspended, reworked, put on the long list, not accepted. ASSUMED. */
export function courseOf(random: Dice, kind: CaseKind, department: number): Course {
  const throwOf100 = random.int(0, 99);
  if (throwOf100 < 2) return { steps: [step('NOT_ACCEPTED', 0, '不属受理范围，已告知途径（演示数据）')] };
  const begin = taken(department);
  if (throwOf100 < 4) return { steps: [...begin, step('LONG_TERM', 6, '纳入年度计划，挂账（演示数据）')] };
  const usual = kind === 'HELP_REQUEST' || kind === 'COMPLAINT' ? random.int(1, 4) : random.int(0, 1);
  const days = throwOf100 < 14 ? usual + random.int(4, 25) : usual;
  const suspended =
    throwOf100 >= 14 && throwOf100 < 18 ? [step('SUSPENDED', 1, '待住户约时间（演示数据）'), step('HANDLING', 6)] : [];
  const answered = [step('ANSWERED', days), step('CALLBACK', 1)];
  const again =
    throwOf100 >= 18 && throwOf100 < 22
      ? [step('REWORK', 1, '回访不满意（演示数据）'), step('HANDLING', 0), step('ANSWERED', 2), step('CALLBACK', 1)]
      : [];
  const closingCode = throwOf100 % 10 === 5 ? 'EXPLAINED' : throwOf100 % 10 === 6 ? 'PARTLY_SOLVED' : 'SOLVED';
  return { steps: [...begin, ...suspended, ...answered, ...again, step('CLOSED', 1)], closingCode };
}

/** The manhole cover: passed on, back and on again, overdue for months, then replaced within a day. */
export function manholeCourse(drainage: number, other: number): Course {
  return {
    steps: [
      step('ACCEPTED', 0),
      { state: 'DISPATCHED', days: 0, department: other, note: '派往市政养护部门（演示数据）' },
      { state: 'DISPATCHED', days: 1, department: drainage, note: '退单：排水设施不归本部门，改派水务（演示数据）' },
      { state: 'SIGNED_FOR', days: 8 },
      { state: 'HANDLING', days: 1, note: '等待产权核实，久拖不决（演示数据）' },
      { state: 'ANSWERED', days: 80, note: '更换井盖（演示数据）' },
      { state: 'CALLBACK', days: 1 },
      { state: 'CLOSED', days: 2 },
    ],
    closingCode: 'SOLVED',
  };
}

/** The street lamp: taken at once, mended in two days, asked about, closed. */
export function toldBackCourse(department: number): Course {
  return {
    steps: [...taken(department), step('ANSWERED', 2, '更换灯具（演示数据）'), step('CALLBACK', 1), step('CLOSED', 1)],
    closingCode: 'SOLVED',
  };
}
