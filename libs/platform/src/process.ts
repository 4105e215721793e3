/** What any Frontline process needs, without the database, the broker and the schema builder that a subgraph brings. */
export { ConfigError, processSettings, readConfig } from './config.ts';
export { DistrictClock } from './district-clock.ts';
export { durations } from './durations.ts';
export { declaredErrors, defineErrors, DomainError, errorCatalogue, errorExtensions } from './errors.ts';
export { askedToStop, httpService, type Readiness } from './http-service.ts';
export { INTERNAL_TOKEN_SECONDS, internalTokens, type InternalTokens } from './internal-token.ts';
export { openLog } from './log.ts';
export { inputPath } from './input-path.ts';
