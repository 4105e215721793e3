import { importBatch, importer, refuseUnknown, type Importer } from '@frontline/platform';
import { id, validity, values } from '@frontline/platform/import-fields';
import { lasting, refuseOverlaps } from '../effective/imported-periods.ts';
import { ExperienceKind, GrassrootsExperience } from './grassroots-experience.entity.ts';

/** How a period at the grassroots is brought in; whether its organization counts is not asked again of the past. */
export const experienceImporter: Importer = importer(
  lasting({ id, cadreId: id, organizationId: id, kind: values(ExperienceKind) }),
  async (ctx, lines) => {
    const cadreIds = lines.map(({ cadreId }) => cadreId);
    await refuseUnknown(ctx, 'cadre', cadreIds, 'experience.cadreId');
    const rows = lines.map(({ from, until, ...line }) => ({ ...line, ...validity({ from, until }) }));
    await importBatch(ctx, GrassrootsExperience, rows);
    await refuseOverlaps(ctx, 'grassroots_experience', cadreIds, 'experience.from');
  },
);
