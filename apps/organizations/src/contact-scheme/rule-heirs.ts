import type { Heir } from '../organization/organization-heirs.ts';
import type { ContactorRule } from './contact-scheme.entity.ts';

/** What a version of a scheme says for a time (half-open days). */
interface Ruled {
  readonly contactor: ContactorRule;
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

/** Kinds that take over one another, so that a rule for the one must not shut out the other's heir. */
const STREETS = ['SUBDISTRICT', 'TOWN'];

/** The organizations that rules name, for {@link Heir}s to be looked up. */
export const namedByRules = (versions: readonly { contactor: ContactorRule }[]): string[] => [
  ...new Set(versions.flatMap(({ contactor }) => contactor.organizationIds ?? [])),
];

/** Whoever goes on for an organization on a day; the organization itself while it exists, or has no heir. */
export function heirOn(id: string, heirs: ReadonlyMap<string, Heir>, day: string): string {
  return chainOf(id, heirs).findLast(({ heir }) => heir.since <= day)?.heir.id ?? id;
}

/**
 * A version by the stretches on which its rule names the same organizations: from the day on which one that it names is
 * taken over, it names whoever goes on for it. The version itself stays as the district made it.
 */
export function stretchesOf<V extends Ruled>(version: V, heirs: ReadonlyMap<string, Heir>): V[] {
  const { contactor, validFrom, validTo } = version;
  const { organizationIds, organizationKinds } = contactor;
  if (!organizationIds) return [version];
  const days = daysOf(organizationIds, heirs).filter((day) => validFrom < day && (!validTo || day < validTo));
  return [validFrom, ...days].map((from, at, all) => {
    const named = [...new Set(organizationIds.map((id) => heirOn(id, heirs, from)))].sort();
    const followed = named.join() !== [...organizationIds].sort().join();
    const kinds = organizationKinds?.some((kind) => STREETS.includes(kind))
      ? [...new Set([...organizationKinds, ...STREETS])]
      : organizationKinds;
    return {
      ...version,
      validFrom: from,
      validTo: all[at + 1] ?? validTo ?? null,
      contactor: followed
        ? { ...contactor, organizationIds: named, ...(kinds && { organizationKinds: kinds }) }
        : contactor,
    };
  });
}

/** What a version says on a day of its own. */
export const onDay = <V extends Ruled>(version: V, heirs: ReadonlyMap<string, Heir>, day: string): V =>
  stretchesOf(version, heirs).findLast(({ validFrom }) => validFrom <= day) ?? version;

/** Who goes on for an organization, for whoever does, and so on. */
export function chainOf(id: string, heirs: ReadonlyMap<string, Heir>): { from: string; heir: Heir }[] {
  const chain: { from: string; heir: Heir }[] = [];
  for (let from = id, heir = heirs.get(id); heir && chain.length < heirs.size; from = heir.id, heir = heirs.get(from))
    chain.push({ from, heir });
  return chain;
}

/** The days on which these organizations, and whoever goes on for them, are taken over. */
function daysOf(ids: readonly string[], heirs: ReadonlyMap<string, Heir>): string[] {
  return [...new Set(ids.flatMap((id) => chainOf(id, heirs).map(({ heir }) => heir.since)))].sort();
}
