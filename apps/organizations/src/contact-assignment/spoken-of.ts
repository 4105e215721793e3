import { cadreRecord } from '@frontline/events';
import { isId, sql, toEntities, type Ctx } from '@frontline/platform';
import type { LineGroup } from '@frontline/platform/tables';
import { ContactSchemeVersion } from '../contact-scheme/contact-scheme.entity.ts';
import type { AssignmentLine } from './assignment-columns.ts';
import { namedByRules, stretchesOf } from '../contact-scheme/rule-heirs.ts';
import { heirsOf } from '../organization/organization-heirs.ts';
import type { CadreFacts } from './assignment-eligibility.ts';
import type { TermsOfDay } from './assignment-facts.ts';
import type { OrganizationThen } from './assignment-terms.ts';
import type { Patch } from '../patch/patch.entity.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/** A patch as far as assignments to it ask. */
type PatchThen = Pick<Patch, 'id' | 'subdistrictId' | 'validFrom' | 'validTo'>;

/** Everything that the lines of a chunk speak of. */
export interface Spoken {
  /** Of a scheme, by the stretches on which its rule names the same organizations. */
  versions: Map<string, TermsOfDay[]>;
  cadreByNumber: Map<string, CadreFacts>;
  cadre(id: string): CadreFacts | undefined;
  organizationByCode: Map<string, { id: string }>;
  organization(id: string): OrganizationThen | undefined;
  /** The patch of a code on a day: a code may be another patch's at another time. */
  patch(code: string, day: string): PatchThen | undefined;
  assignments: Map<string, ContactAssignment[]>;
  /** An assignment that is there, as it was before. */
  assignment(id: string | undefined): ContactAssignment | undefined;
}

/** Loads what lines speak of, in six statements however many they are. Whoever has no number or code here is named by id. */
export async function spokenOf(ctx: Ctx, groups: readonly LineGroup[]): Promise<Spoken> {
  const db = ctx.em.getKysely();
  const lines = groups.map(assignmentLineOf);
  const targets = [...new Set(lines.map(({ target }) => target))].sort();
  // whoever makes another assignment to one of the targets waits until this is settled
  await sql`select pg_advisory_xact_lock(hashtextextended('contacts of ' || o.id::text, 0)) from (
      select id from organization where code = any(${targets}::text[]) union select id from patch where code = any(${targets}::text[])
      union select id from unnest(${targets.filter(isId)}::uuid[]) n(id) order by id) o`.execute(db);
  const versions = await sql<Record<string, unknown> & { scheme: string }>`
    select v.*, s.code as scheme from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id
    where s.code = any(${lines.map(({ scheme }) => scheme)}::text[])`.execute(db);
  const bySchemes = new Map(
    [...Map.groupBy(versions.rows, ({ scheme }) => scheme)].map(([scheme, rows]) => [
      scheme,
      toEntities(ctx.em, ContactSchemeVersion, rows),
    ]),
  );
  const heirs = await heirsOf(ctx, namedByRules([...bySchemes.values()].flat()));
  const numbers = [...new Set(lines.flatMap(({ contactors, liaisons }) => [...contactors, ...(liaisons ?? [])]))];
  const cadres = await sql<{ data: CadreFacts }>`
    select c.data from unnest(${numbers}::text[]) as r(number)
    join local_copy c on c.aggregate_type = ${cadreRecord.aggregate} and c.data @> jsonb_build_object('staffNumber', r.number)
    union all select c.data from local_copy c where c.aggregate_type = ${cadreRecord.aggregate} and c.id = any(${numbers.filter(isId)}::uuid[])`.execute(
    db,
  );
  const posts = cadres.rows.flatMap(({ data }) => data.posts.map(({ organizationId }) => organizationId));
  const found = await sql<OrganizationThen & { code: string }>`
    select id, code, kind, valid_from::text as "validFrom", valid_to::text as "validTo" from organization
    where code = any(${[...new Set([...targets, ...numbers])]}::text[]) or id = any(${[...new Set([...posts, ...targets.filter(isId), ...numbers.filter(isId)])]}::uuid[])`.execute(
    db,
  );
  const organizations = new Map(found.rows.map((row) => [row.id, row]));
  const organizationByCode = new Map(found.rows.map((row) => [row.code, row]));
  const patches = await sql<PatchThen & { code: string }>`
    select id, code, subdistrict_id as "subdistrictId", valid_from::text as "validFrom", valid_to::text as "validTo" from patch
    where code = any(${targets}::text[]) or id = any(${targets.filter(isId)}::uuid[])`.execute(db);
  const targetIds = [
    ...targets.flatMap((code) => organizationByCode.get(code)?.id ?? []),
    ...patches.rows.map(({ id }) => id),
    ...targets.filter(isId),
  ];
  const assignments = await sql<Record<string, unknown>>`
    select * from contact_assignment where target_id = any(${targetIds}::uuid[]) and scheme = any(${lines.map(({ scheme }) => scheme)}::text[])`.execute(
    db,
  );
  const byId = new Map(cadres.rows.map(({ data }) => [data.id, data]));
  const held = toEntities(ctx.em, ContactAssignment, assignments.rows);
  const heldById = new Map(held.map((each) => [each.id, each]));
  return {
    versions: new Map(
      [...bySchemes].map(([scheme, ruled]) => [
        scheme,
        ruled.flatMap((version) => stretchesOf<TermsOfDay>(version, heirs)),
      ]),
    ),
    cadreByNumber: new Map(cadres.rows.map(({ data }) => [data.staffNumber, data])),
    cadre: (id) => byId.get(id),
    organizationByCode,
    organization: (id) => organizations.get(id),
    patch: (code, day) =>
      patches.rows.find(
        (each) =>
          (each.code === code || each.id === code) && each.validFrom <= day && (!each.validTo || day < each.validTo),
      ),
    assignments: Map.groupBy(held, placeOf),
    assignment: (id) => (id === undefined ? undefined : heldById.get(id)),
  };
}

/** What the last of a record's lines says; all of an assignment's lines must say the same. */
export const assignmentLineOf = ({ lines }: LineGroup): AssignmentLine =>
  (lines.at(-1) as (typeof lines)[number]).values as unknown as AssignmentLine;

/** Scheme and target of an assignment, as a key. */
export const placeOf = ({ scheme, targetId }: { scheme: string; targetId: string }): string => `${scheme} ${targetId}`;
