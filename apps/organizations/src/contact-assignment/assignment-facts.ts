import { cadreRecord } from '@frontline/events';
import { checkedId, copyOf, sql, type Ctx } from '@frontline/platform';
import { ContactScheme, ContactSchemeVersion, type ContactorRule } from '../contact-scheme/contact-scheme.entity.ts';
import { namedByRules, onDay } from '../contact-scheme/rule-heirs.ts';
import { heirsOf } from '../organization/organization-heirs.ts';
import { Organization } from '../organization/organization.entity.ts';
import { Patch } from '../patch/patch.entity.ts';
import type { CadreFacts } from './assignment-eligibility.ts';
import { admitted, type AssignmentFacts, type AssignmentTerms } from './assignment-terms.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/** What a scheme says on a day, as far as assignments ask. */
export type TermsOfDay = Pick<
  ContactSchemeVersion,
  'contactor' | 'liaisons' | 'cardinalities' | 'targetKinds' | 'inPatches' | 'validFrom' | 'validTo'
>;

/** The version of a scheme that holds on a day, with the organizations that its rule names on that day. */
export async function versionOn(ctx: Ctx, code: string, day: string): Promise<TermsOfDay | undefined> {
  const scheme = await ctx.em.findOne(ContactScheme, { code });
  if (!scheme) return undefined;
  const versions = await ctx.em.find(ContactSchemeVersion, { schemeId: scheme.id });
  const version = versions.find((each) => each.holdsOn(day));
  return version && onDay<TermsOfDay>(version, await heirsOf(ctx, namedByRules([version])), day);
}

/** The kinds of the organizations of posts. */
export async function kindsOfPosts(
  ctx: Ctx,
  { posts }: Pick<CadreFacts, 'posts'>,
): Promise<ReadonlyMap<string, string>> {
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
  version: TermsOfDay | undefined,
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
export async function peopleAndPlaces(
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

/** Cadres as we copy them, by id, with the posts that they will have at heirs; who is not copied is absent. */
async function cadresBy(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CadreFacts>> {
  const found = await Promise.all(ids.map((id) => copyOf(ctx, cadreRecord, id)));
  const cadres = await withPostsAtHeirs(
    ctx,
    found.filter((cadre) => cadre !== undefined),
  );
  return new Map(cadres.map((cadre) => [cadre.id, cadre]));
}

/**
 * Cadres with posts at whoever takes their organizations over, from that day on. Personnel lets posts follow on the day
 * itself; until we hear of that, what is settled for later days must not be judged as if they stayed behind.
 */
export async function withPostsAtHeirs(ctx: Ctx, cadres: readonly CadreFacts[]): Promise<CadreFacts[]> {
  const heirs = await heirsOf(
    ctx,
    cadres.flatMap(({ posts }) => posts.map(({ organizationId }) => organizationId)),
  );
  return cadres.map((cadre) => {
    const posts = [...cadre.posts];
    // whoever is appended may have an heir in turn
    for (const { organizationId, from, until, ...post } of posts) {
      const heir = heirs.get(organizationId);
      if (!heir || (until !== undefined && until <= heir.since)) continue;
      const since = from > heir.since ? from : heir.since;
      if (posts.some((each) => each.organizationId === heir.id && each.from === since)) continue;
      posts.push({ ...post, organizationId: heir.id, from: since, ...(until && { until }) });
    }
    return { ...cadre, posts };
  });
}
