import 'reflect-metadata';
import { runSubgraph } from '@frontline/platform';
import { personnel } from './subgraph.ts';

await runSubgraph(personnel);
