import { MEETS_RESIDENTS, READS_DISTRICT, allows, placesFor, roles, type AccessRule } from '@frontline/access';
import { cadreRecord } from '@frontline/events';
import { recordsNaming, sql, validOn, type Ctx, type Sql, type Visibility } from '@frontline/platform';
import { areaWithin } from '../directory/places.ts';

/**
 * Who may ask about households at all: those who meet residents, cadres (for the households they assist, themselves or standing in) and the readers
 * of the whole district. Never PARTNER, ADMIN or DEPARTMENT; property companies and other outside participants of service
 * teams hold no role here, so being in a team shows them nothing.
 */
export const READS_HOUSEHOLDS: AccessRule = roles('CADRE', ...MEETS_RESIDENTS, ...READS_DISTRICT);

/** The cadre who is asking, if they ask as one. */
export function askingCadre({ actor }: Ctx): string | undefined {
  if (actor.kind !== 'person' || !actor.grants.some(({ role }) => role === 'CADRE')) return undefined;
  return actor.cadreId;
}

/**
 * Households (the column holds their ids) that the asking cadre assists today, or whose helper is away today while the
 * asking cadre stands in; `undefined` when no cadre asks.
 */
export function assistedByAsker(ctx: Ctx, column: string): Sql | undefined {
  const helpers = askerAndThoseAway(ctx);
  if (!helpers) return undefined;
  return sql`${sql.ref(column)} in (select pa.household_id from paired_assistance pa where pa.cadre_id = any(${helpers}) and ${validOn('pa', ctx.today())})`;
}

/** The asking cadre, and those who are away today and for whom they stand in, as an array; `undefined` when no cadre asks. */
export function askerAndThoseAway(ctx: Ctx): Sql | undefined {
  const cadreId = askingCadre(ctx);
  return cadreId ? sql`array(select ${cadreId}::uuid union all ${standsInFor(cadreId, ctx.today())})` : undefined;
}

/** Cadres who are away on a day and for whom this one stands in, by our copies of personnel's records. */
function standsInFor(cadreId: string, day: string): Sql {
  return recordsNaming(cadreRecord, { list: 'absences', property: 'substituteId', value: cadreId, day });
}

/** Rows about households in the places where the caller's roles let them see rows. */
export function inPlacesOfAsker({ actor }: Ctx, areaColumn: string): Visibility {
  if (!allows(READS_HOUSEHOLDS, actor)) return 'NONE';
  return areaWithin(areaColumn, placesFor(actor, [...MEETS_RESIDENTS, ...READS_DISTRICT]));
}

/** Households by whose personal data the caller may search: only those that would be shown unmasked. */
export function searchableHouseholds(ctx: Ctx): Sql {
  const places = placesFor(ctx.actor, MEETS_RESIDENTS);
  const byPlace = areaWithin('t.residential_area_id', places === 'ALL' ? [] : places);
  const found = anyOf('household', [byPlace, assistedByAsker(ctx, 't.id')]);
  return found === 'ALL' || found === 'NONE' ? sql`false` : found;
}

/**
 * Rows of a table (alias `t`) for which at least one of several conditions holds. More than one become a union of ids:
 * each finds its own index, where an `or` of them would read the whole table.
 */
export function anyOf(table: string, alternatives: readonly (Visibility | undefined)[]): Visibility {
  if (alternatives.includes('ALL')) return 'ALL';
  const conditions = alternatives.filter((each): each is Sql => typeof each === 'object');
  const [only] = conditions;
  if (!only) return 'NONE';
  if (conditions.length === 1) return only;
  const ids = conditions.map((each) => sql`select t.id from ${sql.table(table)} t where ${each}`);
  return sql`t.id in (${sql.join(ids, sql` union `)})`;
}
