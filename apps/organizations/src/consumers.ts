import {
  cadreDeparted,
  cadreMembershipChanged,
  cadrePosted,
  cadreRanked,
  cadreReturned,
  cadreAbsenceEnded,
  cadreAbsenceRecorded,
  cadreSubstituteChanged,
  caseAccepted,
  caseAnswered,
  caseCalledBack,
  caseClosed,
  caseDispatched,
  caseImported,
  caseRegistered,
  caseReopened,
  caseSignedFor,
  caseWithdrawn,
  homeVisitAmended,
  homeVisitRecorded,
  homeVisitWithdrawn,
  type cadreRecord,
  type caseRecord,
  type RecordOf,
} from '@frontline/events';
import { byId, change, type Ctx, type Manifest, type ReceivedEvent } from '@frontline/platform';
import { followHomeVisit } from './assistance/care-visits.ts';
import { regenerateDuties } from './duty/duty.commands.ts';
import { Demand } from './activity/activity.entity.ts';
import { followCadre } from './contact-assignment/assignment-followers.ts';
import { oweTellBack, tellByCallback } from './tell-back/tell-back.commands.ts';

/**
 * A case tells where it stands; the demand that it came from shows it, and is to be told back once it is closed. Who was
 * reached by a callback, before the closing or after it, has been told.
 */
async function followCase(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { record } = event.data as { record: RecordOf<typeof caseRecord> };
  if (!record.demandId || !(await byId(ctx, Demand, record.demandId))) return;
  const callback = event.type === caseCalledBack.type ? caseCalledBack.data.parse(event.data) : undefined;
  const reached = callback?.reached ? callback : undefined;
  const demand = await change(ctx, Demand, record.demandId, (followed) => {
    followed.followCase(record);
    if (reached) followed.calledBack(reached.callbackId, reached.on);
    if (event.type === caseReopened.type) followed.forgetCallback();
    return [];
  });
  if (reached) await tellByCallback(ctx, demand.id, reached.callbackId, reached.on);
  if (event.type === caseClosed.type)
    await oweTellBack(ctx, demand, record.id, new Date(record.closedAt ?? event.occurredAt));
}

/** Who departs, moves, comes back from a posting, is given another rank, joins or leaves may hold other contacts from that day; the event's own record says it. */
async function followCadreFacts(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { record, on } = event.data as { record: RecordOf<typeof cadreRecord>; on: string };
  await followCadre(ctx, record, on);
}

/** Somebody is away, or no longer, or another stands in: who has the duties meanwhile. Our copy may follow later. */
async function followAbsences(ctx: Ctx, { data }: ReceivedEvent): Promise<void> {
  const { id, absences = [] } = (data as { record: RecordOf<typeof cadreRecord> }).record;
  await regenerateDuties(ctx, { contactorIds: [id], away: new Map([[id, absences]]) });
}

export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'organizations.follow-cases',
    events: [
      caseRegistered,
      caseImported,
      caseAccepted,
      caseDispatched,
      caseSignedFor,
      caseAnswered,
      caseCalledBack,
      caseReopened,
      caseClosed,
      caseWithdrawn,
    ],
    handle: followCase,
  },
  {
    name: 'organizations.follow-cadres',
    events: [cadreDeparted, cadrePosted, cadreRanked, cadreReturned, cadreMembershipChanged],
    handle: followCadreFacts,
  },
  {
    name: 'organizations.follow-absences',
    events: [cadreAbsenceRecorded, cadreAbsenceEnded, cadreSubstituteChanged],
    handle: followAbsences,
  },
  {
    name: 'organizations.follow-care-visits',
    events: [homeVisitRecorded, homeVisitAmended, homeVisitWithdrawn],
    handle: followHomeVisit,
  },
];
