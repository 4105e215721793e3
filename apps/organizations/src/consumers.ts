import {
  caseAccepted,
  caseAnswered,
  caseClosed,
  caseDispatched,
  caseImported,
  caseRegistered,
  caseSignedFor,
  caseWithdrawn,
  type caseRecord,
  type RecordOf,
} from '@frontline/events';
import { byId, change, type Ctx, type Manifest, type ReceivedEvent } from '@frontline/platform';
import { Demand } from './activity/activity.entity.ts';

/** A case tells where it stands; the demand that it came from shows it. */
async function followCase(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { record } = event.data as { record: RecordOf<typeof caseRecord> };
  if (!record.demandId || !(await byId(ctx, Demand, record.demandId))) return;
  await change(ctx, Demand, record.demandId, (demand) => {
    demand.followCase(record);
    return [];
  });
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
      caseClosed,
      caseWithdrawn,
    ],
    handle: followCase,
  },
];
