import { cadreRecord } from '@frontline/events';
import { checkedId, copyOf, sql, type Ctx } from '@frontline/platform';
import { ContactScheme, ContactSchemeVersion, type ContactorRule } from '../contact-scheme/contact-scheme.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import { Patch } from '../patch/patch.entity.ts';
import type { CadreFacts } from './assignment-eligibility.ts';
import { admitted, type AssignmentFacts, type AssignmentTerms } from './assignment-terms.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/** The version of a scheme that holds on a day. */
export async function versionOn(ctx: Ctx, code: string, day: string): Promise<ContactSchemeVersion | undefined> {
  const scheme = await ctx.em.findOne(ContactScheme, { code });
  if (!scheme) return undefined;
  return (await ctx.em.find(ContactSchemeVersion, { schemeId: scheme.id })).find((version) => version.holdsOn(day));
}

/** The kinds of the organizations where a cadre has, had or will have a post. */
export async function kindsOfPosts(ctx: Ctx, { posts }: CadreFacts): Promise<ReadonlyMap<string, string>> {
  const found = await ctx.em.find(Organization, { id: { $in: posts.map(({ organizationId }) => organizationId) } });
  return new Map(found.map(({ id, kind }) => [id, kind]));
}

/** Whether a scheme's rule admits a cadre or an organization as contactor on a day, of a target in a place if one is named. */
export async function admits(
  ctx: Ctx,
  rule: ContactorRule,
  id: string,
  day: string,
  placeId?: string,
): Promise<boolean> {
  return admitted(rule, id, day, await peopleAndPlaces(ctx, [id], []), placeId);
}

/** What the rules ask about terms; whoever makes another assignment to the target waits until this one is settled. */
export async function factsFor(
  ctx: Ctx,
  { scheme, targetId, contactorIds, liaisonIds }: AssignmentTerms,
  version: ContactSchemeVersion | undefined,
): Promise<AssignmentFacts> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${targetId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
  const others = await ctx.em.find(ContactAssignment, { scheme, targetId });
  const patch = version?.inPatches
    ? await ctx.em.findOne(Patch, { id: checkedId(targetId, 'input.targetId') })
    : undefined;
  return {
    version,
    others,
    ...(patch && { patch }),
    ...(await peopleAndPlaces(ctx, [...contactorIds, ...liaisonIds], [...contactorIds, targetId])),
  };
}

/** Cadres as we copy them, and organizations with those where these cadres have posts. */
async function peopleAndPlaces(
  ctx: Ctx,
  cadreIds: readonly string[],
  organizationIds: readonly string[],
): Promise<Pick<AssignmentFacts, 'cadre' | 'organization'>> {
  const cadres = await cadresBy(ctx, cadreIds);
  const posts = [...cadres.values()].flatMap((cadre) => cadre.posts.map(({ organizationId }) => organizationId));
  const found = await ctx.em.find(Organization, { id: { $in: [...organizationIds, ...cadreIds, ...posts] } });
  const organizations = new Map(found.map((organization) => [organization.id, organization]));
  return { cadre: (id) => cadres.get(id), organization: (id) => organizations.get(id) };
}

/** Cadres as we copy them, by id; who is not copied is absent. */
export async function cadresBy(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CadreFacts>> {
  const found = await Promise.all(ids.map((id) => copyOf(ctx, cadreRecord, id)));
  return new Map(found.flatMap((cadre) => (cadre ? [[cadre.id, cadre] as const] : [])));
}
