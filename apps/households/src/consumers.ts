import { cadreDeparted } from '@frontline/events';
import type { Manifest } from '@frontline/platform';
import { endAssistanceOfHelper } from './paired-assistance/paired-assistance.commands.ts';

/** What households does about facts of other services; the Kafka door to the same commands as the graph's. */
export const consumers: NonNullable<Manifest['consumers']> = [
  {
    name: 'uncover-households',
    events: [cadreDeparted],
    async handle(ctx, { aggregateId, data }) {
      const { on } = cadreDeparted.data.parse(data);
      await endAssistanceOfHelper(ctx, aggregateId, on);
    },
  },
];
