import type { Day } from '../days.ts';
import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { Cadre, Career } from '../personnel/cadre.ts';
import type { ContactAssignmentLine } from './assignments.ts';

/** A handover as the import reads it. */
export interface HandoverLine extends ImportLine {
  type: 'handover';
  assignmentId: string;
  successorId: string;
  offeredOn: Day;
  acceptedOn: Day;
  takesEffectOn: Day;
  nextAssignmentId: string;
  reason: string;
}

/**
 * The day on which the cadre of the story leaves the district's service: after duties began to be told, and before the
 * earliest reference day, so that the whole story lies behind every one.
 */
export const DEPARTS_ON: Day = '2017-11-06';

/** Since when they assisted households. */
export const ASSISTED_SINCE: Day = '2016-09-05';

/** The days on which the households that they left without a helper are taken over, one after the other. */
export const TAKEN_OVER_ON: readonly Day[] = ['2017-11-13', '2017-11-16', '2017-11-27'];

/** A division-level cadre with a contact, a liaison and assisted households; neither newly recruited nor division-level in 2005. */
export const departingCareer: Career = {
  bornOn: '1972-04-18',
  recruitedOn: '1994-08-01',
  promotions: [
    { rank: 'SECTION', from: '2003-06-02' },
    { rank: 'DIVISION', from: '2012-03-01' },
  ],
  left: { status: 'DEPARTED', on: DEPARTS_ON },
};

/** The cadre of the story among all. */
export function departingCadre(cadres: readonly Cadre[]): Cadre {
  const found = cadres.find(({ rank, line }) => rank === 'DIVISION' && line.status === 'DEPARTED');
  if (!found) throw new Error('nobody departs');
  return found;
}

/** The contact was offered to a successor before the departure, who accepted it: it changed hands on that day. */
export function handoverOf(former: ContactAssignmentLine, next: ContactAssignmentLine): HandoverLine {
  return {
    type: 'handover',
    id: idOf('handover', former.id),
    assignmentId: former.id,
    successorId: next.contactorIds[0] as string,
    offeredOn: '2017-10-27',
    acceptedOn: '2017-10-31',
    takesEffectOn: DEPARTS_ON,
    nextAssignmentId: next.id,
    reason: '原联系干部调离本区（演示数据）',
  };
}
