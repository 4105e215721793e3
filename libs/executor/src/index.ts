export { createExecutor, type Executor, type ExecutorSettings, type Identified } from './executor.ts';
export type { Answer, OperationRequest } from './operation.ts';
export type { InvalidValue } from './response/completion.ts';
export { SubgraphFailure, type AskSubgraph, type SubgraphQuestion } from './plan/subgraph-answer.ts';
export { planner, type Planner, type PlanRequest } from './planning/planner.ts';
export { planningThread, type PlanningThread } from './planning/planning-thread.ts';
export { admitExecutedFeatures } from './supergraph/features.ts';
export { Unsupported, type UnsupportedReason } from './unsupported.ts';
