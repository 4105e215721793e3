import { MEETS_RESIDENTS, READS_DISTRICT, allows, placesFor, roles, type AccessRule } from '@frontline/access';
import { sql, validOn, type Ctx, type Sql, type Visibility } from '@frontline/platform';
import { areaWithin } from '../directory/places.ts';

/**
 * Who may ask about households at all: those who meet residents, cadres (for the households they assist) and the readers
 * of the whole district. Never PARTNER, ADMIN or DEPARTMENT; property companies and other outside participants of service
 * teams hold no role here, so being in a team shows them nothing.
 */
export const READS_HOUSEHOLDS: AccessRule = roles('CADRE', ...MEETS_RESIDENTS, ...READS_DISTRICT);

/** The cadre who is asking, if they ask as one. */
export function askingCadre({ actor }: Ctx): string | undefined {
  if (actor.kind !== 'person' || !actor.grants.some(({ role }) => role === 'CADRE')) return undefined;
  return actor.cadreId;
}

/** Households (the column holds their ids) that the asking cadre assists today; `undefined` when no cadre asks. */
export function assistedByAsker(ctx: Ctx, column: string): Sql | undefined {
  const cadreId = askingCadre(ctx);
  if (!cadreId) return undefined;
  return sql`${sql.ref(column)} in (select pa.household_id from paired_assistance pa where pa.cadre_id = ${cadreId} and ${validOn('pa', ctx.today())})`;
}

/** Rows about households that the caller may see: by the place of the residential area, or as the household's helper. */
export function visibleHouseholds(ctx: Ctx, areaColumn: string, householdColumn: string): Visibility {
  if (!allows(READS_HOUSEHOLDS, ctx.actor)) return 'NONE';
  const byPlace = areaWithin(areaColumn, placesFor(ctx.actor, [...MEETS_RESIDENTS, ...READS_DISTRICT]));
  return either(byPlace, assistedByAsker(ctx, householdColumn));
}

/** Rows of households whose personal data the caller may search by: only those that would be shown unmasked. */
export function searchableHouseholds(ctx: Ctx): Sql {
  const places = placesFor(ctx.actor, MEETS_RESIDENTS);
  const found = either(
    places === 'ALL' ? 'NONE' : areaWithin('t.residential_area_id', places),
    assistedByAsker(ctx, 't.id'),
  );
  return found === 'ALL' || found === 'NONE' ? sql`false` : found;
}

function either(first: Visibility, second: Sql | undefined): Visibility {
  if (first === 'ALL' || second === undefined) return first;
  return first === 'NONE' ? second : sql`(${first} or ${second})`;
}
