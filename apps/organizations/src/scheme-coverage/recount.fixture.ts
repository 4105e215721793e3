/**
 * Coverage counted anew for one scheme and one day by a statement of its own, which shares nothing with the projection:
 * `$1` the scheme's code, `$2` the day, `$3` an organization or null. Gives a row for each eligible subject.
 */
export const recountOfDay = `
  with recursive version as (
    select v.* from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id
    where s.code = $1 and daterange(v.valid_from, v.valid_to) @> $2::date),
  held as (
    select a.*, array[a.contactor_id] || a.co_contactor_ids as contactor_ids, coalesce((
      select jsonb_array_length(f -> 'liaisonIds') from jsonb_array_elements(a.former_liaisons) f where (f ->> 'until')::date > $2::date
      order by f ->> 'until' limit 1), cardinality(a.liaison_ids)) as liaisons from contact_assignment a
    where a.scheme = $1 and daterange(a.valid_from, a.valid_to) @> $2::date),
  under as (
    select descendant_id as id from organization_path where ancestor_id = $3::uuid and daterange(valid_from, valid_to) @> $2::date),
  heir as (
    select distinct on (o.id) o.id, s.successor_id as heir_id, o.valid_to as since
    from organization o join organization_succession s on s.organization_id = o.id and s.valid_from = o.valid_to
    where o.status = 'MERGED' order by o.id, cardinality(s.residential_area_ids) desc, s.id),
  named as (
    select n.id::uuid as id from version v cross join lateral jsonb_array_elements_text(v.contactor -> 'organizationIds') n(id)
    union select h.heir_id from named join heir h on h.id = named.id and h.since <= $2::date),
  kind_admitted as (
    select o.id from organization o, version v where (v.contactor -> 'organizationKinds' is null or v.contactor -> 'organizationKinds' ? o.kind)
      and (v.contactor -> 'organizationIds' is null or (
        o.id in (select id from named) and not exists (select 1 from heir h where h.id = o.id and h.since <= $2::date)))),
  post as (
    select distinct c.id, p."organizationId" as at from local_copy c, version v,
      jsonb_to_recordset(c.data -> 'posts') as p("organizationId" uuid, "from" date, "until" date)
    where c.aggregate_type = 'cadre' and daterange(p."from", p."until") @> $2::date
      and ((v.contactor -> 'organizationKinds' is null and v.contactor -> 'organizationIds' is null)
        or p."organizationId" in (select id from kind_admitted))),
  contactor as (
    select c.id, array_agg(post.at) as places from local_copy c join post on post.id = c.id, version v
    where v.contactor ->> 'kind' = 'CADRE' and cardinality(v.target_kinds) > 0
      and (v.contactor -> 'ranks' is null or exists (
        select 1 from jsonb_to_recordset(c.data -> 'ranks') as r(rank text, "from" date, "until" date)
        where v.contactor -> 'ranks' ? r.rank and daterange(r."from", r."until") @> $2::date))
      and (v.contactor -> 'memberships' is null or exists (
        select 1 from (values ('PARTY', 'partyMember'), ('LEAGUE', 'leagueMember')) k(kind, list)
        cross join lateral jsonb_to_recordset(c.data -> k.list) as m("from" date, "until" date)
        where v.contactor -> 'memberships' ? k.kind and daterange(m."from", m."until") @> $2::date))
      and coalesce((select s.status from jsonb_to_recordset(c.data -> 'statuses') as s(status text, "from" date, "until" date)
        where daterange(s."from", s."until") @> $2::date limit 1), c.data ->> 'status') not in ('RETIRED', 'DEPARTED')
    group by c.id
    union all
    select o.id, array[o.id] from organization o, version v
    where v.contactor ->> 'kind' = 'ORGANIZATION' and cardinality(v.target_kinds) > 0
      and o.id in (select id from kind_admitted) and daterange(o.valid_from, o.valid_to) @> $2::date),
  target as (
    select o.id, array[o.id] as places from organization o, version v
    where o.kind = any(v.target_kinds) and daterange(o.valid_from, o.valid_to) @> $2::date),
  counted as (
    select 'CONTACTOR' as side, c.id, c.places,
      (select count(distinct h.target_id) from held h where c.id = any(h.contactor_ids)) as n,
      exists (select 1 from held h, version v where c.id = any(h.contactor_ids)
        and h.liaisons < (v.liaisons ->> 'min')::int) as lacks_liaisons,
      (select v.cardinalities -> 'targetsPerContactor' from version v) as rule
    from contactor c
    union all
    select 'TARGET', t.id, t.places,
      (select count(distinct x.id) from held h cross join unnest(h.contactor_ids) x(id) where h.target_id = t.id), false,
      (select v.cardinalities -> 'contactorsPerTarget' from version v)
    from target t)
  select side, id, n > 0 as covered, array_remove(array[
      case when n = 0 then case side when 'TARGET' then 'NOT_CONTACTED' else 'CONTACTS_NOBODY' end
        when n < (rule ->> 'min')::int then case side when 'TARGET' then 'TOO_FEW_CONTACTORS' else 'TOO_FEW_TARGETS' end end,
      case when n > (rule ->> 'max')::int then case side when 'TARGET' then 'TOO_MANY_CONTACTORS' else 'TOO_MANY_TARGETS' end end,
      case when lacks_liaisons then 'TOO_FEW_LIAISONS' end], null) as reasons
  from counted where $3::uuid is null or places && (select array_agg(id) from under)
  order by side, id`;
