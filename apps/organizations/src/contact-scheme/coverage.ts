import { cadreRecord } from '@frontline/events';
import { sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import type { ContactSchemeVersion, CoverageCount } from './contact-scheme.entity.ts';

/** Both sides of a scheme's coverage on a day. */
export interface Coverage {
  contactors: CoverageCount;
  targets: CoverageCount;
}

/**
 * Counts, for a day, who is eligible under a scheme's rules and who of them is covered by an assignment: contactors by
 * rank, kind of post or kind of organization as the rule says; targets by kind. Eligibility comes from facts of that day
 * (posts and ranks from the copies of personnel's records, organizations from our own), never from the assignments.
 */
export async function coverageOn(
  ctx: Ctx,
  schemeCode: string,
  version: ContactSchemeVersion,
  day: string,
): Promise<Coverage> {
  const active = sql`select a.contactor_id, a.co_contactor_ids, a.target_id from contact_assignment a where a.scheme = ${schemeCode} and ${validOn('a', day)}`;
  const { rows } = await sql<{ contactors: number; contacting: number; targets: number; contacted: number }>`
    with active as materialized (${active}),
    contactor as (${eligibleContactors(version, day)}),
    target as (select t.id from organization t where t.kind = any(${version.targetKinds}::text[]) and ${validOn('t', day)}),
    contacting as (select contactor_id as id from active union select unnest(co_contactor_ids)::uuid from active)
    select (select count(*)::int from contactor) as contactors,
      (select count(*)::int from contactor where id in (select id from contacting)) as contacting,
      (select count(*)::int from target) as targets,
      (select count(*)::int from target where id in (select target_id from active)) as contacted`.execute(
    ctx.em.getKysely(),
  );
  const { contactors = 0, contacting = 0, targets = 0, contacted = 0 } = rows[0] ?? {};
  return {
    contactors: { eligible: contactors, covered: contacting },
    targets: { eligible: targets, covered: contacted },
  };
}

function eligibleContactors({ contactor }: ContactSchemeVersion, day: string): Sql {
  const kinds = contactor.organizationKinds;
  if (contactor.kind === 'ORGANIZATION') {
    return sql`select t.id from organization t where ${kinds ? sql`t.kind = any(${kinds}::text[])` : sql`true`} and ${validOn('t', day)}`;
  }
  return sql`
    select c.id from local_copy c where c.aggregate_type = ${cadreRecord.aggregate}
      and exists (select 1 from jsonb_to_recordset(c.data -> 'posts') as p("organizationId" uuid, "from" date, "until" date)
        ${kinds ? sql`join organization o on o.id = p."organizationId" and o.kind = any(${kinds}::text[])` : sql``} where ${holds('p', day)})
      ${contactor.ranks ? sql`and exists (select 1 from jsonb_to_recordset(c.data -> 'ranks') as r(rank text, "from" date, "until" date) where r.rank = any(${contactor.ranks}::text[]) and ${holds('r', day)})` : sql``}`;
}

function holds(alias: string, day: string): Sql {
  const [from, until] = [sql.ref(`${alias}.from`), sql.ref(`${alias}.until`)];
  return sql`${from} <= ${day}::date and (${until} is null or ${day}::date < ${until})`;
}
