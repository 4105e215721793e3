import 'reflect-metadata';
import { runSubgraph } from '@frontline/platform';
import { cases } from './subgraph.ts';

await runSubgraph(cases);
