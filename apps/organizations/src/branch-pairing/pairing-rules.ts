import { addDays } from '@frontline/calendar';
import type { BranchSector } from '../organization/organization-enums.ts';

/** A time that holds from a day until a day (half-open; `null` while it has no end), YYYY-MM-DD in Asia/Shanghai. */
export interface Held {
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** Which of the two branches of a pairing. */
export type Side = 'BRANCH' | 'PARTNER';

/** Sectors of each side (the article: 机关、国有企事业单位党支部与社区、“两新”组织党支部结对共建). */
const SECTORS: Readonly<Record<Side, readonly BranchSector[]>> = {
  BRANCH: ['OFFICE', 'SOE', 'INSTITUTION'],
  PARTNER: ['COMMUNITY', 'TWO_NEW'],
};

/** A pairing owes a plan for each year in which it holds for so many days. ASSUMED: the article names no plan. */
export const PLAN_FROM_DAYS = 90;

/** Whether an organization can be on a side of a pairing from a day until a day: a branch of its sectors, all that time. */
export function canPair(
  organization: (Held & { kind: string; sector?: BranchSector | null }) | null | undefined,
  side: Side,
  { validFrom, validTo }: Held,
): boolean {
  if (!organization || organization.kind !== 'PARTY_BRANCH') return false;
  const lasts = !organization.validTo || (validTo && validTo <= organization.validTo);
  return organization.validFrom <= validFrom && Boolean(lasts) && SECTORS[side].includes(organization.sector as never);
}

/** Whether two times have a day in common. */
export function overlap(one: Held, other: Held): boolean {
  return (!one.validTo || other.validFrom < one.validTo) && (!other.validTo || one.validFrom < other.validTo);
}

/** The part of a time that lies within a year; none when it lies wholly outside. */
export function within(year: number, { validFrom, validTo }: Held): { validFrom: string; validTo: string } | undefined {
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`];
  const from = validFrom > first ? validFrom : first;
  const to = validTo && validTo < next ? validTo : next;
  return from < to ? { validFrom: from, validTo: to } : undefined;
}

/** Whether a pairing owes a plan for a year; `pairingGaps` asks the database the same, and a test holds both together. */
export function owesPlan(pairing: Held, year: number): boolean {
  const part = within(year, pairing);
  return part !== undefined && addDays(part.validFrom, PLAN_FROM_DAYS) <= part.validTo;
}

/** What stands above a branch, itself included, and how far. */
export interface Above {
  readonly id: string;
  readonly depth: number;
}

/** What somebody has a say in: the places of their roles, and where they have a post. */
export interface Speaker {
  readonly places: readonly string[];
  readonly postIds: readonly string[];
}

/**
 * Whether somebody speaks for a branch: with a place that it stands under (its department, subdistrict or residential
 * area), or as a cadre with a post at the branch or right above it.
 */
export function speaksFor({ places, postIds }: Speaker, above: readonly Above[]): boolean {
  return above.some(({ id, depth }) => places.includes(id) || (depth <= 1 && postIds.includes(id)));
}
