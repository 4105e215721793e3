export { maskAddress, maskName, maskPhone } from './masking.ts';
export { grantsOf, MEETS_RESIDENTS, personalData, placesFor, readsDistrict } from './places.ts';
export { allows, PUBLIC, READS_DISTRICT, ROLES, roles, SIGNED_IN, STAFF, SYSTEM } from './roles.ts';
export type { AccessRule, Actor, Grant, Role } from './roles.ts';
