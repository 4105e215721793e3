import {
  activityAmended,
  activityRecorded,
  activityWithdrawn,
  homeVisitAmended,
  homeVisitRecorded,
  homeVisitWithdrawn,
  organizationSucceeded,
} from '@frontline/events';
import type { z } from 'zod';
import type { Ctx, Manifest, ReceivedEvent } from '@frontline/platform';
import type { CaseChannel } from './case/case-enums.ts';
import { followSuccession, registerCase, withdrawCase } from './case/case.commands.ts';

const channels: Readonly<Record<string, CaseChannel>> = {
  RECEPTION: 'RECEPTION',
  DIALOGUE: 'DIALOGUE',
  MICROBLOG_REPLY: 'MICROBLOG',
  ENTERPRISE_VISIT: 'ENTERPRISE_DOOR',
};

/** Demands that were heard, the channel they came by, and those that are no case any more. */
function heard(event: ReceivedEvent) {
  switch (event.type) {
    case homeVisitRecorded.type:
      return atTheDoor(homeVisitRecorded.data.parse(event.data), []);
    case homeVisitAmended.type: {
      const amended = homeVisitAmended.data.parse(event.data);
      return atTheDoor(amended, amended.withdrawnDemandIds);
    }
    case homeVisitWithdrawn.type:
      return atTheDoor({ demands: [], care: false }, homeVisitWithdrawn.data.parse(event.data).withdrawnDemandIds);
    case activityAmended.type: {
      const amended = activityAmended.data.parse(event.data);
      return atAnActivity(amended, amended.withdrawnDemandIds);
    }
    case activityWithdrawn.type: {
      const { kind, withdrawnDemandIds } = activityWithdrawn.data.parse(event.data);
      return atAnActivity({ demands: [], kind }, withdrawnDemandIds);
    }
    default:
      return atAnActivity(activityRecorded.data.parse(event.data), []);
  }
}

type Demands = z.output<(typeof activityRecorded)['data']>['demands'];

const atTheDoor = ({ demands, care }: { demands: Demands; care: boolean }, withdrawn: readonly string[]) =>
  ({ demands, channel: care ? 'CARE_VISIT' : 'HOME_VISIT', source: 'HOME_VISIT', withdrawn }) as const;

const atAnActivity = ({ demands, kind }: { demands: Demands; kind: string }, withdrawn: readonly string[]) =>
  ({ demands, channel: channels[kind] ?? 'VISIT', source: 'ACTIVITY', withdrawn }) as const;

async function openAndWithdraw(ctx: Ctx, event: ReceivedEvent): Promise<void> {
  const { demands, channel, source, withdrawn } = heard(event);
  for (const { disposition, caseKind, demandId, categoryCode, areaId, householdId } of demands) {
    if (disposition !== 'CASE' || !caseKind) continue;
    await registerCase(ctx, {
      demandId,
      categoryCode,
      caseKind,
      areaId,
      householdId,
      channel,
      source: { kind: source, id: event.aggregateId },
    });
  }
  for (const demandId of withdrawn) await withdrawCase(ctx, demandId);
}

/**
 * What cases does about facts of other services: each demand with disposition CASE opens exactly one case, and one that
 * is amended away, alone or with its visit, withdraws its case. What was recorded and its amendments have one key, so
 * they come in order. Open
 * cases follow an organization that is taken over, on the day that it is so.
 */
export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'open-cases',
    events: [
      activityRecorded,
      activityAmended,
      activityWithdrawn,
      homeVisitRecorded,
      homeVisitAmended,
      homeVisitWithdrawn,
    ],
    handle: openAndWithdraw,
  },
  {
    name: 'cases.follow-organizations',
    events: [organizationSucceeded],
    async handle(ctx, { aggregateId: organizationId, data }) {
      const { on, heirId, parts } = organizationSucceeded.data.parse(data);
      await followSuccession(ctx, { organizationId, on, heirId, parts });
    },
  },
];
