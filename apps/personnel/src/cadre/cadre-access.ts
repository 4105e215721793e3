import { allows, maskName, roles, type Actor } from '@frontline/access';

/** Personnel records proper (dates of birth, reasons of leave) are for those who keep them and for those who audit them. */
export const PERSONNEL_RECORD = roles('ORG_DEPARTMENT', 'AUDITOR');

/** Who keeps the register of cadres and representatives. */
export const KEEPS_REGISTER = roles('ORG_DEPARTMENT');

/**
 * Whose work needs to know which cadre they deal with. A cadre's name in office is told to the residents they contact, so
 * everyone who works with cadres reads it, wherever they are; who runs or audits the platform does without.
 */
const WORKS_WITH_CADRES = roles(
  'CADRE',
  'DEPARTMENT',
  'DISPATCH_CENTRE',
  'FRONTLINE_OFFICE',
  'GRID_WORKER',
  'INSPECTION',
  'LEADER',
  'ORG_DEPARTMENT',
  'SUBDISTRICT',
);

/** The name of a cadre or representative as an actor may see it. */
export function nameFor(actor: Actor, name: string): string {
  return allows(WORKS_WITH_CADRES, actor) ? name : maskName(name);
}
