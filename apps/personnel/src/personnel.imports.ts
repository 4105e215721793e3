import type { Importer } from '@frontline/platform';
import { absenceImporter } from './absence/absence.imports.ts';
import { accountImporter } from './account/account.imports.ts';
import { cadreImporter } from './cadre/cadre.imports.ts';
import { experienceImporter } from './grassroots/experience.imports.ts';
import { liaisonImporter } from './liaison/liaison.imports.ts';
import { representativeImporter } from './representative/public-representative.imports.ts';
import { rotationImporter } from './rotation/rotation.imports.ts';

/** What `import` reads, by the type of a line, in the order in which they build on each other. */
export const personnelImports: Readonly<Record<string, Importer>> = {
  cadre: cadreImporter,
  experience: experienceImporter,
  rotation: rotationImporter,
  liaison: liaisonImporter,
  absence: absenceImporter,
  publicRepresentative: representativeImporter,
  account: accountImporter,
};
