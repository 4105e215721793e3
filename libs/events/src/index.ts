export { contractOf, contracts, readRecord, records, topicOf } from './event-contract.ts';
export type { Context, EventContract, Fact, RecordContract, RecordOf } from './event-contract.ts';
export { fromMessage, MalformedEvent, toMessage, type Envelope, type EventMessage } from './envelope.ts';
// in the order in which documents tell of them
export * from './personnel.events.ts';
export { cadreStatusOn, ceasesOn, hasLeft, isOffice, isOfficeCadre, LEFT_SERVICE, leftOn } from './cadre-service.ts';
export * from './organizations.events.ts';
export * from './organizations-activities.events.ts';
export * from './organizations-duties.events.ts';
export * from './organizations-pairings.events.ts';
export * from './organizations-patches.events.ts';
export * from './receptions.events.ts';
export * from './households.events.ts';
export * from './cases.events.ts';
export { topics, type TopicDeclaration } from './topics.ts';
