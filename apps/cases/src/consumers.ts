import { activityRecorded, homeVisitRecorded } from '@frontline/events';
import type { Manifest } from '@frontline/platform';
import type { CaseChannel } from './case/case-enums.ts';
import { registerCase } from './case/case.commands.ts';

const channels: Readonly<Record<string, CaseChannel>> = {
  RECEPTION: 'RECEPTION',
  DIALOGUE: 'DIALOGUE',
  MICROBLOG_REPLY: 'MICROBLOG',
  ENTERPRISE_VISIT: 'ENTERPRISE_DOOR',
};

/** What cases does about facts of other services: each demand with disposition CASE opens exactly one case. */
export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'open-cases',
    events: [activityRecorded, homeVisitRecorded],
    async handle(ctx, event) {
      const isVisit = event.type === homeVisitRecorded.type;
      const { demands } = isVisit ? homeVisitRecorded.data.parse(event.data) : activityRecorded.data.parse(event.data);
      const kind = isVisit ? undefined : activityRecorded.data.parse(event.data).kind;
      const care = isVisit && homeVisitRecorded.data.parse(event.data).care;
      for (const { disposition, caseKind, demandId, categoryCode, areaId, householdId } of demands) {
        if (disposition !== 'CASE' || !caseKind) continue;
        await registerCase(ctx, {
          demandId,
          categoryCode,
          caseKind,
          areaId,
          householdId,
          channel: isVisit ? (care ? 'CARE_VISIT' : 'HOME_VISIT') : (channels[kind ?? ''] ?? 'VISIT'),
          source: { kind: isVisit ? 'HOME_VISIT' : 'ACTIVITY', id: event.aggregateId },
        });
      }
    },
  },
];
