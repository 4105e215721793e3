import { z } from 'zod';
import { day, defineEvent, id, instant } from './event-contract.ts';

const reception = { context: 'organizations', aggregate: 'reception' } as const;
const receptionId = id.describe('接待 · The reception; also the key.');
const kind = z.enum(['MONTHLY', 'CONCENTRATED']).describe('类别 · At a service centre each month, or in a community.');
const date = day.describe('日期 · On which day.');
const venueId = id.describe('地点 · The service centre, or the residential area.');
const subdistrictId = id.describe('街镇 · The subdistrict or town.');
const representativeIds = z.array(id).describe('代表 · Ids of the public representatives who receive.');

export const receptionPlanned = defineEvent({
  ...reception,
  name: 'planned',
  data: z.strictObject({ receptionId, kind, date, venueId, subdistrictId, representativeIds }),
  when: 'A reception is put into the plan of a year, or gets another day or place in it.',
  why: 'It can be announced; those who receive can keep the day free.',
});

export const receptionReceiversChanged = defineEvent({
  ...reception,
  name: 'receiversChanged',
  data: z.strictObject({
    receptionId,
    date,
    reason: z.enum(['ROTA', 'SWAPPED']).describe('原因 · The rota was made again, or two people swapped.'),
    representativeIds,
  }),
  when: 'Others will receive at a planned reception.',
  why: 'Calendars and announcements follow.',
});

export const receptionMoved = defineEvent({
  ...reception,
  name: 'moved',
  data: z.strictObject({
    receptionId,
    from: day.describe('原日期 · The day on which it was to be held.'),
    to: day.describe('新日期 · The day on which it will be held.'),
  }),
  when: 'A planned reception is put on another day.',
  why: 'Calendars and announcements follow.',
});

export const receptionCancelled = defineEvent({
  ...reception,
  name: 'cancelled',
  data: z.strictObject({ receptionId, date }),
  when: 'A planned reception will not be held.',
  why: 'Nobody should come in vain; the reason stays where it was given.',
});

export const receptionHeld = defineEvent({
  ...reception,
  name: 'held',
  data: z.strictObject({
    receptionId,
    kind,
    venueId,
    subdistrictId,
    activityId: id.describe('走访 · The activity that tells what was raised.'),
    heldAt: instant.describe('时间 · When people were received.'),
    representativeIds: z.array(id).describe('到场代表 · Ids of the public representatives who received.'),
    raised: z.int().nonnegative().describe('诉求数 · How many demands were raised.'),
  }),
  when: 'Somebody records that a reception was held, with what was raised.',
  why: 'Receptions held and demands raised there are facts of assessment; the demands come with the activity.',
});

export const receptionAttendanceAmended = defineEvent({
  ...reception,
  name: 'attendanceAmended',
  data: z.strictObject({
    receptionId,
    activityId: id.describe('走访 · The activity that tells what was raised.'),
    representativeIds: z
      .array(id)
      .describe('到场代表 · Ids of the public representatives who received, as it is known now.'),
  }),
  when: 'The record of a reception is corrected: others received.',
  why: 'Who received is a fact of assessment.',
});
