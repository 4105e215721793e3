export { breaksBetween, type AllowedBreak, type Breaks } from './breaking-changes.ts';
export { compose, CompositionRefused, type Composed, type SubgraphFile } from './compose.ts';
