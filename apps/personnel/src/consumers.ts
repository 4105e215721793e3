import { organizationSucceeded } from '@frontline/events';
import type { Manifest } from '@frontline/platform';
import { followSuccession } from './succession/succession.commands.ts';

/** What personnel does about facts of other services. An organization that goes on itself keeps its people. */
export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'personnel.follow-organizations',
    events: [organizationSucceeded],
    async handle(ctx, { aggregateId: organizationId, data }) {
      const { on, heirId } = organizationSucceeded.data.parse(data);
      if (heirId) await followSuccession(ctx, { organizationId, heirId, on });
    },
  },
];
