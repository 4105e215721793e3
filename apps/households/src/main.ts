import 'reflect-metadata';
import { runSubgraph } from '@frontline/platform';
import { households } from './subgraph.ts';

await runSubgraph(households);
