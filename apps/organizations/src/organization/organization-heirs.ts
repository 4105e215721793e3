import type { Ctx } from '@frontline/platform';
import { Organization, OrganizationSuccession } from './organization.entity.ts';
import { heirOf } from './tree-places.ts';

/** Who goes on for an organization that has ended or will end, and since which day. */
export interface Heir {
  id: string;
  since: string;
}

/** Who takes over which of these organizations, or of their heirs; whoever has no heir is absent. */
export async function heirsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Heir>> {
  const heirs = new Map<string, Heir>();
  for (let asked = [...new Set(ids)]; asked.length > 0;) {
    const found = await directHeirs(ctx, asked);
    for (const [id, heir] of found) heirs.set(id, heir);
    asked = [...found.values()].map(({ id }) => id).filter((id) => !heirs.has(id));
  }
  return heirs;
}

/** The organizations for which one goes on by a day, directly or through others between, in no order. */
export async function endedInto(ctx: Ctx, id: string, day: string): Promise<string[]> {
  const ended = new Set<string>();
  for (let asked = [id]; asked.length > 0;) {
    const taken = await ctx.em.find(OrganizationSuccession, { successorId: { $in: asked }, validFrom: { $lte: day } });
    const heirs = await directHeirs(
      ctx,
      taken.map(({ organizationId }) => organizationId),
    );
    const into = asked;
    asked = [...heirs]
      .filter(([each, heir]) => heir.since <= day && into.includes(heir.id) && !ended.has(each))
      .map(([each]) => each);
    for (const each of asked) ended.add(each);
  }
  return [...ended];
}

async function directHeirs(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Heir>> {
  const ended = await ctx.em.find(Organization, { id: { $in: [...ids] }, status: 'MERGED', validTo: { $ne: null } });
  if (ended.length === 0) return new Map();
  const successions = await ctx.em.find(
    OrganizationSuccession,
    { organizationId: { $in: ended.map(({ id }) => id) } },
    { orderBy: { id: 'asc' } },
  );
  return new Map(
    ended.flatMap((organization) => {
      const own = successions.filter(({ organizationId }) => organizationId === organization.id);
      const id = heirOf(organization, own);
      return id ? [[organization.id, { id, since: organization.validTo as string }] as const] : [];
    }),
  );
}
