import { manyBy, sql, validOn, type Ctx, type Sql } from '@frontline/platform';
import { organizationRecord } from '@frontline/events';
import { holdsRank } from '../cadre/cadre.queries.ts';
import {
  GrassrootsExperience,
  type ExperiencePopulation,
  type GrassrootsExperienceShare,
} from './grassroots-experience.entity.ts';
import { grassrootsPopulation } from './grassroots-population.ts';

/** A cadre's periods at the grassroots, latest first. */
export const experienceOf = (ctx: Ctx, cadreId: string): Promise<GrassrootsExperience[]> =>
  manyBy(ctx, GrassrootsExperience, 'cadreId', cadreId, { order: [['t.valid_from', 'desc']] });

/** Cadres newly recruited into an office, and young, on a day. */
function isYoungOfficeCadre(asOf: string): Sql {
  const { youngUntilAge, newForYears, officeKinds } = grassrootsPopulation;
  return sql`(
    t.recruited_on <= ${asOf}::date and t.recruited_on > ${asOf}::date - make_interval(years => ${newForYears})
    and t.born_on > ${asOf}::date - make_interval(years => ${youngUntilAge + 1})
    and exists (
      select 1 from post p join local_copy o on o.aggregate_type = ${organizationRecord.aggregate} and o.id = p.organization_id
      where p.cadre_id = t.id and ${validOn('p', asOf)} and o.data ->> 'kind' = any(${[...officeKinds]}::text[])))`;
}

/** Who belongs to a population on a day. */
function belongsTo(population: ExperiencePopulation, asOf: string): Sql {
  const division = holdsRank([grassrootsPopulation.rank], asOf);
  if (population === 'DIVISION') return division;
  const young = isYoungOfficeCadre(asOf);
  return population === 'YOUNG_OFFICE' ? young : sql`(${division} or ${young})`;
}

/** Counts a population of a day and those of it who had not served at the grassroots by then, from the records of that day. */
export async function grassrootsExperienceShare(
  ctx: Ctx,
  asOf: string,
  whom: ExperiencePopulation,
): Promise<GrassrootsExperienceShare> {
  const { rows } = await sql<{ population: number; without: number }>`
    with population as (
      select t.id from cadre t
      where exists (select 1 from post p where p.cadre_id = t.id and ${validOn('p', asOf)})
        and ${belongsTo(whom, asOf)}
    )
    select count(*)::int as population,
      (count(*) filter (where not exists (select 1 from grassroots_experience e where e.cadre_id = population.id and e.valid_from <= ${asOf}::date)))::int as without
    from population`.execute(ctx.em.getKysely());
  const { population = 0, without = 0 } = rows[0] ?? {};
  return { asOf, population, without, ...(population > 0 && { shareWithout: without / population }) };
}
