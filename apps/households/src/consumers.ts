import {
  cadreDeparted,
  cadreDepartureTakenBack,
  cadreMembershipChanged,
  caseClosed,
  organizationSucceeded,
} from '@frontline/events';
import type { Manifest } from '@frontline/platform';
import { followAreaSuccession } from './area-succession/area-succession.commands.ts';
import { tellOfClosedCase } from './home-visit/closed-case.commands.ts';
import {
  endAssistanceOfHelper,
  endAssistanceOfNonMember,
  resumeAssistanceOfHelper,
} from './paired-assistance/paired-assistance.commands.ts';

/** What households does about facts of other services; the Kafka door to the same commands as the graph's. */
export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'uncover-households',
    events: [cadreDeparted, cadreDepartureTakenBack, cadreMembershipChanged],
    async handle(ctx, { type, aggregateId, data }) {
      if (type === cadreDepartureTakenBack.type) {
        const { on, record } = cadreDepartureTakenBack.data.parse(data);
        return resumeAssistanceOfHelper(ctx, record, on);
      }
      if (type === cadreMembershipChanged.type)
        return endAssistanceOfNonMember(ctx, cadreMembershipChanged.data.parse(data).record);
      const { on } = cadreDeparted.data.parse(data);
      await endAssistanceOfHelper(ctx, aggregateId, on);
    },
  },
  {
    // a street that is taken over moves its residential areas, and our copies of the tree follow that; here an area ends itself
    name: 'households.follow-organizations',
    events: [organizationSucceeded],
    async handle(ctx, { aggregateId: areaId, data }) {
      const { on, heirId: successorId } = organizationSucceeded.data.parse(data);
      if (successorId) await followAreaSuccession(ctx, { areaId, successorId, on });
    },
  },
  {
    // tell-backs are duties, which live in organizations; who heard it at the door is known here
    name: 'households.follow-closed-cases',
    events: [caseClosed],
    async handle(ctx, { data, occurredAt }) {
      const { record } = caseClosed.data.parse(data);
      await tellOfClosedCase(ctx, { ...record, closedAt: record.closedAt ?? occurredAt.toISOString() });
    },
  },
];
