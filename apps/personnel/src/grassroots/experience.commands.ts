import type { Ctx } from '@frontline/platform';
import type { Cadre } from '../cadre/cadre.entity.ts';
import { cadreErrors } from '../cadre/cadre.errors.ts';
import { changeCadre, organizationOn } from '../cadre/open-file.ts';
import type { RecordExperienceInput } from './experience.inputs.ts';
import { addExperience, refuseOtherThanGrassroots } from './experience-rules.ts';

/** Puts a period served at the grassroots on a cadre's record. */
export function recordExperience(ctx: Ctx, input: RecordExperienceInput): Promise<Cadre> {
  return changeCadre(ctx, 'recordExperience', input, async (file, files) => {
    const { organizationId, kind, from, until } = input;
    const today = files.ctx.today();
    if (from > today) throw cadreErrors('cadre.notYet', { today }, { field: 'input.from' });
    const organization = await organizationOn(files.ctx, organizationId, from, 'input.organizationId');
    refuseOtherThanGrassroots(organization.kind, 'input.organizationId');
    return addExperience(file, { organizationId, kind, from, until: until ?? undefined });
  });
}
