import {
  cadreDeparted,
  cadreDepartureTakenBack,
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
  homeVisitCaseClosed,
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
import { resumeContactsOf } from './contact-assignment/assignment-resumption.ts';
import { calledBack, forgetCallback } from './tell-back/called-back.commands.ts';
import { heardAt, oweTellBack } from './tell-back/tell-back.commands.ts';

/**
 * A case tells where it stands; the demand that it came from shows it, and is to be told back once it is closed. Who was
 * reached by a callback, before the closing or after it, has been told. Of what was said at a door, households tells when
 * its case is closed, and to whom it was said.
 */
async function followCase(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { record } = event.data as { record: RecordOf<typeof caseRecord> };
  const { id: caseId, demandId, source } = record;
  if (!demandId) return;
  const demand = await byId(ctx, Demand, demandId);
  if (!demand && source?.kind !== 'HOME_VISIT') return;
  if (demand)
    await change(ctx, Demand, demandId, (followed) => {
      followed.followCase(record);
      return [];
    });
  if (event.type === caseCalledBack.type) {
    const { reached, callbackId, on } = caseCalledBack.data.parse(event.data);
    if (reached) await calledBack(ctx, demandId, callbackId, on);
  }
  if (event.type === caseReopened.type) await forgetCallback(ctx, demandId);
  if (event.type === caseClosed.type && demand && !demand.amendedAwayAt) {
    const closedAt = new Date(record.closedAt ?? event.occurredAt);
    await oweTellBack(ctx, { ...(await heardAt(ctx, demand)), caseId, closedAt });
  }
}

/** The case of something that was said at a door is closed: whoever heard it there owes to tell the person. */
async function followClosedAtDoor(ctx: Ctx, { data }: ReceivedEvent): Promise<void> {
  const { cadreIds: heardByIds, closedAt, ...heard } = homeVisitCaseClosed.data.parse(data);
  await oweTellBack(ctx, { ...heard, heardByIds, closedAt: new Date(closedAt) });
}

/** Who departs, moves, comes back from a posting, is given another rank, joins or leaves may hold other contacts from that day; the event's own record says it. */
async function followCadreFacts(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { record, on } = event.data as { record: RecordOf<typeof cadreRecord>; on: string };
  if (event.type === cadreDepartureTakenBack.type) await resumeContactsOf(ctx, record, on);
  else await followCadre(ctx, record, on);
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
    events: [cadreDeparted, cadreDepartureTakenBack, cadrePosted, cadreRanked, cadreReturned, cadreMembershipChanged],
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
  {
    name: 'organizations.follow-cases-of-doors',
    events: [homeVisitCaseClosed],
    handle: followClosedAtDoor,
  },
];
