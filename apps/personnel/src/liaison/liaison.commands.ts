import type { Ctx } from '@frontline/platform';
import type { Cadre } from '../cadre/cadre.entity.ts';
import { changeCadre } from '../cadre/open-file.ts';
import { liaisonErrors } from './liaison.errors.ts';
import type { AssignLiaisonInput, ReleaseLiaisonInput } from './liaison.inputs.ts';
import { assignLiaison, releaseLiaisons } from './liaison-rules.ts';

/** Assigns an office cadre to go out with a leading cadre; the leading cadre is the one that changes. */
export function assignCadreLiaison(ctx: Ctx, input: AssignLiaisonInput): Promise<Cadre> {
  return changeCadre(ctx, 'assignLiaison', input, async (leader, files) => {
    const liaison = await files.one(input.liaisonId, 'input.liaisonId');
    return assignLiaison(leader, liaison, { from: input.from, until: input.until ?? undefined });
  });
}

/** Releases a liaison from a day on. */
export function releaseCadreLiaison(ctx: Ctx, input: ReleaseLiaisonInput): Promise<Cadre> {
  return changeCadre(ctx, 'releaseLiaison', input, (leader) => {
    const facts = releaseLiaisons(leader, input.on, 'RELEASED', input.liaisonId.toLowerCase());
    if (facts.length === 0) throw liaisonErrors('liaison.none', { day: input.on }, { field: 'input.liaisonId' });
    return facts;
  });
}
