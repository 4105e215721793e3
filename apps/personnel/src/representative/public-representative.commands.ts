import {
  byId,
  changeAll,
  idempotently,
  personalDataCipher,
  platformErrors,
  type Ctx,
  type Unit,
} from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { cadreErrors, checkedText } from '../cadre/cadre.errors.ts';
import { organizationOn } from '../cadre/open-file.ts';
import { PublicRepresentative } from './public-representative.entity.ts';
import { representativeErrors } from './public-representative.errors.ts';
import type {
  EndRepresentativeInput,
  RegisterRepresentativeInput,
  RenewRepresentativeInput,
} from './public-representative.inputs.ts';

/** Registers somebody for a first term; terms of one cadre in one office do not overlap. */
export function registerRepresentative(ctx: Ctx, input: RegisterRepresentativeInput): Promise<PublicRepresentative> {
  return idempotently(ctx, 'registerRepresentative', PublicRepresentative, input, (tx) =>
    changeAll(tx, async (unit) => {
      const { cadreId = null, kind, level, termFrom, termUntil = null, constituencyId = null } = input;
      if (constituencyId) await organizationOn(unit.ctx, constituencyId, termFrom, 'input.constituencyId');
      const name = await nameOf(unit.ctx, input);
      const held = await termsHeld(unit, cadreId);
      const term = { cadreId, kind, level, termFrom, termUntil, constituencyId };
      return add(unit, { name, ...term }, held);
    }),
  );
}

/** Continues a term with another one; the new term is an object of its own and says what it continues. */
export function renewRepresentative(ctx: Ctx, input: RenewRepresentativeInput): Promise<PublicRepresentative> {
  return idempotently(ctx, 'renewRepresentative', PublicRepresentative, input, (tx) =>
    changeAll(tx, async (unit) => {
      const { representativeId, expectedVersion = null, termFrom, termUntil = null } = input;
      const before = await unit.load(PublicRepresentative, representativeId, {
        expectedVersion,
        field: 'input.representativeId',
      });
      await unit.loadAll(PublicRepresentative, { id: before.id });
      const renewed = await unit.loadAll(PublicRepresentative, { previousId: before.id });
      if (renewed.length > 0)
        throw representativeErrors('representative.renewed', {}, { field: 'input.representativeId' });
      const { id: previousId, name, cadreId = null, kind, level } = before;
      const constituencyId = input.constituencyId ?? before.constituencyId ?? null;
      if (input.constituencyId) await organizationOn(unit.ctx, input.constituencyId, termFrom, 'input.constituencyId');
      const held = [before, ...(await termsHeld(unit, cadreId))];
      return add(unit, { previousId, name, cadreId, kind, level, termFrom, termUntil, constituencyId }, held);
    }),
  );
}

/** Ends a term before its time. */
export function endRepresentative(ctx: Ctx, input: EndRepresentativeInput): Promise<PublicRepresentative> {
  return idempotently(ctx, 'endRepresentative', PublicRepresentative, input, (tx) =>
    changeAll(tx, async (unit) => {
      const { representativeId, expectedVersion = null, on, reason } = input;
      const field = 'input.representativeId';
      const representative = await unit.load(PublicRepresentative, representativeId, { expectedVersion, field });
      unit.emit(representative, ...representative.end(on, reason));
      return representative;
    }),
  );
}

/** Terms of a cadre, who is locked, so that two registrations at once see each other. */
async function termsHeld(unit: Unit, cadreId: string | null): Promise<PublicRepresentative[]> {
  if (!cadreId) return [];
  await unit.loadAll(Cadre, { id: cadreId });
  return unit.loadAll(PublicRepresentative, { cadreId });
}

function add(
  unit: Unit,
  term: Partial<PublicRepresentative> & { name: string },
  held: readonly PublicRepresentative[],
): PublicRepresentative {
  const nameIndex = personalDataCipher().blindIndex(term.name);
  const representative = Object.assign(new PublicRepresentative(), term, { nameIndex });
  return unit.add(representative, ...representative.register(held));
}

/** The name that was given, or that of the cadre who is this representative. */
async function nameOf(ctx: Ctx, { name, cadreId }: RegisterRepresentativeInput): Promise<string> {
  const cadre = await byId(ctx, Cadre, cadreId);
  if (cadreId && !cadre) throw platformErrors('aggregate.notFound', { type: 'Cadre' }, { field: 'input.cadreId' });
  const known = name ?? cadre?.name;
  if (known === undefined) throw cadreErrors('cadre.text', { max: 100 }, { field: 'input.name' });
  return checkedText(known, 100, 'input.name');
}
