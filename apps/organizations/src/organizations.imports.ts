import type { Importer } from '@frontline/platform';
import { activityImporter } from './activity/activity.imports.ts';
import { branchPairingImporter } from './branch-pairing/branch-pairing.imports.ts';
import { contactAssignmentImporter } from './contact-assignment/contact-assignment.imports.ts';
import { contactSchemeImporter } from './contact-scheme/contact-scheme.imports.ts';
import { dutyImporter } from './duty/duty.imports.ts';
import { handoverImporter } from './handover/handover.imports.ts';
import { organizationImporter } from './organization/organization.imports.ts';
import { receptionImporter } from './reception/reception.imports.ts';
import { patchImporter } from './patch/patch.imports.ts';
import { pairingPlanImporter } from './pairing-plan/pairing-plan.imports.ts';
import { tellBackImporter } from './tell-back/tell-back.imports.ts';

/** What `import` reads, by the type of a line; in an import file each comes after what it refers to. */
export const organizationsImports: Readonly<Record<string, Importer>> = {
  organization: organizationImporter,
  patch: patchImporter,
  contactScheme: contactSchemeImporter,
  contactAssignment: contactAssignmentImporter,
  handover: handoverImporter,
  duty: dutyImporter,
  activity: activityImporter,
  tellBack: tellBackImporter,
  branchPairing: branchPairingImporter,
  receptionDay: receptionImporter,
  pairingPlan: pairingPlanImporter,
};
