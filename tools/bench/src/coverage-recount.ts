/**
 * The side of the comparison without a projection: each request counts a day's coverage anew from posts, ranks,
 * organizations and assignments, by hand-written SQL through `pg`, behind Node's own HTTP server.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { benchArgument, serveBench } from './forked.ts';

const { database, scheme, asOf, under } = benchArgument<{
  database: string;
  /** Code of the scheme. */
  scheme: string;
  asOf: string;
  /** Id of an organization below which both sides stand, or null. */
  under: string | null;
}>();
const pool = new pg.Pool({ connectionString: database, max: 10 });

const recount = `
  with version as (
    select s.code, v.* from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id
    where s.code = $1 and daterange(v.valid_from, v.valid_to) @> $2::date),
  below as materialized (
    select descendant_id as id from organization_path where ancestor_id = $3 and daterange(valid_from, valid_to) @> $2::date),
  contactor as (
    select distinct v.code, c.id from version v join local_copy c on c.aggregate_type = 'cadre'
      cross join jsonb_to_recordset(c.data -> 'posts') as p("organizationId" uuid, "from" date, "until" date)
      join organization o on o.id = p."organizationId"
    where v.contactor ->> 'kind' = 'CADRE' and daterange(p."from", p."until") @> $2::date
      and (v.contactor -> 'organizationKinds' is null or v.contactor -> 'organizationKinds' ? o.kind)
      and (v.contactor -> 'organizationIds' is null or v.contactor -> 'organizationIds' ? o.id::text)
      and (v.contactor -> 'memberships' is null or exists (
        select 1 from (values ('PARTY', 'partyMember'), ('LEAGUE', 'leagueMember')) k(kind, list)
        cross join lateral jsonb_to_recordset(c.data -> k.list) as m("from" date, "until" date)
        where v.contactor -> 'memberships' ? k.kind and daterange(m."from", m."until") @> $2::date))
      and ($3::uuid is null or p."organizationId" in (select id from below))
      and (v.contactor -> 'ranks' is null or exists (
        select 1 from jsonb_to_recordset(c.data -> 'ranks') as r(rank text, "from" date, "until" date)
        where v.contactor -> 'ranks' ? r.rank and daterange(r."from", r."until") @> $2::date))
      and coalesce((select s.status from jsonb_to_recordset(c.data -> 'statuses') as s(status text, "from" date, "until" date)
        where daterange(s."from", s."until") @> $2::date limit 1), c.data ->> 'status') not in ('RETIRED', 'DEPARTED')
    union all
    select v.code, o.id from version v join organization o
      on (v.contactor -> 'organizationKinds' is null or v.contactor -> 'organizationKinds' ? o.kind)
      and (v.contactor -> 'organizationIds' is null or v.contactor -> 'organizationIds' ? o.id::text)
    where v.contactor ->> 'kind' = 'ORGANIZATION' and daterange(o.valid_from, o.valid_to) @> $2::date
      and ($3::uuid is null or o.id in (select id from below))),
  target as (
    select v.code, o.id from version v join organization o on o.kind = any(v.target_kinds)
    where daterange(o.valid_from, o.valid_to) @> $2::date and ($3::uuid is null or o.id in (select id from below))),
  held as materialized (
    select a.scheme as code, unnest(a.contactor_id || a.co_contactor_ids) as contactor_id, a.target_id
    from contact_assignment a join version v on v.code = a.scheme where daterange(a.valid_from, a.valid_to) @> $2::date)
  select
    (select count(*)::int from contactor c where c.code = v.code) as contactors,
    (select count(*)::int from contactor c where c.code = v.code and (c.code, c.id) in (select code, contactor_id from held)) as contacting,
    (select count(*)::int from target t where t.code = v.code) as targets,
    (select count(*)::int from target t where t.code = v.code and (t.code, t.id) in (select code, target_id from held)) as contacted
  from version v`;

async function counted(): Promise<string> {
  const { rows } = await pool.query<Record<string, number>>({
    name: 'recount',
    text: recount,
    values: [scheme, asOf, under],
  });
  const [{ contactors, contacting, targets, contacted } = {}] = rows;
  return JSON.stringify({
    contactors: { eligible: contactors, covered: contacting },
    targets: { eligible: targets, covered: contacted },
  });
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    void counted().then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
});
server.listen(0, '127.0.0.1', () => serveBench(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
