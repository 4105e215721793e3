import 'reflect-metadata';
import { runSubgraph } from '@frontline/platform';
import { organizations } from './subgraph.ts';

await runSubgraph(organizations);
