import { cadreRecord } from '@frontline/events';
import { sql, toEntities, type Ctx } from '@frontline/platform';
import { ContactSchemeVersion } from '../contact-scheme/contact-scheme.entity.ts';
import type { AssignmentLine } from './assignment-columns.ts';
import type { CadreFacts } from './assignment-eligibility.ts';
import type { OrganizationThen } from './assignment-terms.ts';
import type { Patch } from '../patch/patch.entity.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/** A patch as far as assignments to it ask. */
type PatchThen = Pick<Patch, 'id' | 'subdistrictId' | 'validFrom' | 'validTo'>;

/** Everything that the lines of a chunk speak of. */
export interface Spoken {
  versions: Map<string, ContactSchemeVersion[]>;
  cadreByNumber: Map<string, CadreFacts>;
  cadre(id: string): CadreFacts | undefined;
  organizationByCode: Map<string, { id: string }>;
  organization(id: string): OrganizationThen | undefined;
  /** The patch of a code on a day: a code may be another patch's at another time. */
  patch(code: string, day: string): PatchThen | undefined;
  assignments: Map<string, ContactAssignment[]>;
}

/** Loads what lines speak of, in six statements however many they are. */
export async function spokenOf(ctx: Ctx, lines: readonly AssignmentLine[]): Promise<Spoken> {
  const db = ctx.em.getKysely();
  const targets = [...new Set(lines.map(({ target }) => target))].sort();
  // whoever makes another assignment to one of the targets waits until this is settled
  await sql`select pg_advisory_xact_lock(hashtextextended('contacts of ' || o.id::text, 0)) from (
      select id from organization where code = any(${targets}::text[]) union select id from patch where code = any(${targets}::text[]) order by id) o`.execute(
    db,
  );
  const versions = await sql<Record<string, unknown> & { scheme: string }>`
    select v.*, s.code as scheme from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id
    where s.code = any(${lines.map(({ scheme }) => scheme)}::text[])`.execute(db);
  const numbers = [...new Set(lines.flatMap(({ contactors, liaisons }) => [...contactors, ...(liaisons ?? [])]))];
  const cadres = await sql<{ data: CadreFacts }>`
    select c.data from unnest(${numbers}::text[]) as r(number)
    join local_copy c on c.aggregate_type = ${cadreRecord.aggregate} and c.data @> jsonb_build_object('staffNumber', r.number)`.execute(
    db,
  );
  const posts = cadres.rows.flatMap(({ data }) => data.posts.map(({ organizationId }) => organizationId));
  const found = await sql<OrganizationThen & { code: string }>`
    select id, code, kind, valid_from::text as "validFrom", valid_to::text as "validTo" from organization
    where code = any(${[...new Set([...targets, ...numbers])]}::text[]) or id = any(${[...new Set(posts)]}::uuid[])`.execute(
    db,
  );
  const organizations = new Map(found.rows.map((row) => [row.id, row]));
  const organizationByCode = new Map(found.rows.map((row) => [row.code, row]));
  const patches = await sql<PatchThen & { code: string }>`
    select id, code, subdistrict_id as "subdistrictId", valid_from::text as "validFrom", valid_to::text as "validTo" from patch
    where code = any(${targets}::text[])`.execute(db);
  const targetIds = [
    ...targets.flatMap((code) => organizationByCode.get(code)?.id ?? []),
    ...patches.rows.map(({ id }) => id),
  ];
  const assignments = await sql<Record<string, unknown>>`
    select * from contact_assignment where target_id = any(${targetIds}::uuid[]) and scheme = any(${lines.map(({ scheme }) => scheme)}::text[])`.execute(
    db,
  );
  const byId = new Map(cadres.rows.map(({ data }) => [data.id, data]));
  return {
    versions: new Map(
      [...Map.groupBy(versions.rows, ({ scheme }) => scheme)].map(([scheme, rows]) => [
        scheme,
        toEntities(ctx.em, ContactSchemeVersion, rows),
      ]),
    ),
    cadreByNumber: new Map(cadres.rows.map(({ data }) => [data.staffNumber, data])),
    cadre: (id) => byId.get(id),
    organizationByCode,
    organization: (id) => organizations.get(id),
    patch: (code, day) =>
      patches.rows.find((each) => each.code === code && each.validFrom <= day && (!each.validTo || day < each.validTo)),
    assignments: Map.groupBy(toEntities(ctx.em, ContactAssignment, assignments.rows), placeOf),
  };
}

/** Scheme and target of an assignment, as a key. */
export const placeOf = ({ scheme, targetId }: { scheme: string; targetId: string }): string => `${scheme} ${targetId}`;
