import { Migration } from '@mikro-orm/migrations';

/**
 * The days on which a cadre, asked to assist a household, holds a post at an organization: by the rule of the scheme
 * `assistance-care` as organizations tells it, version by version, over our copies of cadres. It takes the place of
 * `party_post`, which knew no other rule than the one that holds as long as no such scheme is told: members of the Party.
 */
export class AssistancePosts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const days = (of: string) => `daterange((${of} ->> 'from')::date, (${of} ->> 'until')::date)`;
const always = `'{(,)}'::datemultirange`;
const periods = (list: string, which: string) =>
  `coalesce((select range_agg(${days('p')}) from jsonb_array_elements(coalesce(data -> '${list}', '[]')) p where ${which}), '{}')`;
const everybodys =
  'select c.id, p.* from local_copy c cross join lateral helper_posts(c.data) p where c.aggregate_type';

const statements = [
  ...['grow', 'move', 'shrink'].map((way) => `drop trigger party_posts_${way} on local_copy`),
  'drop function party_posts_follow_copy()',
  'drop function party_posts(jsonb)',
  'drop table party_post',

  `create table helper_post (
    cadre_id uuid not null,
    organization_id uuid not null,
    valid_from date not null,
    valid_to date,
    primary key (cadre_id, organization_id, valid_from)
  )`,
  'create index helper_post_at on helper_post (organization_id, valid_from)',

  `create function helper_rules() returns table (days daterange, rule jsonb) language sql stable as $$
    with told as (
      select c.data from local_copy c
      where c.aggregate_type = 'contactScheme' and c.data ->> 'code' = 'assistance-care' and jsonb_array_length(c.data -> 'versions') > 0)
    select ${days('v')}, v -> 'contactor' from told cross join lateral jsonb_array_elements(told.data -> 'versions') v
    union all
    select '(,)', '{"kind": "CADRE", "memberships": ["PARTY"]}' where not exists (select from told)
  $$`,

  // what a rule does not ask for holds always; a record without a history of statuses has the one of today at all times
  `create function helper_posts(data jsonb) returns table (organization_id uuid, valid_from date, valid_to date) language sql stable as $$
    select posts.at, lower(r), upper(r) from (
      select post.at, range_agg(held) as days from helper_rules() r
      cross join lateral (
        select (p ->> 'organizationId')::uuid as at, range_agg(${days('p')}) as days from jsonb_array_elements(data -> 'posts') p
        where (r.rule -> 'organizationIds' is null or r.rule -> 'organizationIds' ? (p ->> 'organizationId'))
          and (r.rule -> 'organizationKinds' is null or exists (select from local_copy o
            where o.aggregate_type = 'organization' and o.id = (p ->> 'organizationId')::uuid and r.rule -> 'organizationKinds' ? (o.data ->> 'kind')))
        group by 1
      ) post
      cross join lateral unnest(post.days * datemultirange(r.days)
        * case when r.rule -> 'ranks' is null then ${always} else ${periods('ranks', `r.rule -> 'ranks' ? (p ->> 'rank')`)} end
        * case when r.rule -> 'memberships' is null then ${always} else
          ${periods('partyMember', `r.rule -> 'memberships' ? 'PARTY'`)} + ${periods('leagueMember', `r.rule -> 'memberships' ? 'LEAGUE'`)} end
        * case when jsonb_array_length(coalesce(data -> 'statuses', '[]')) > 0 then ${periods('statuses', `p ->> 'status' not in ('RETIRED', 'DEPARTED')`)}
          when data ->> 'status' in ('RETIRED', 'DEPARTED') then '{}'::datemultirange
          else ${always} end) held
      where r.rule ->> 'kind' = 'CADRE'
      group by 1
    ) posts cross join unnest(posts.days) r
  $$`,
  `insert into helper_post (cadre_id, organization_id, valid_from, valid_to) ${everybodys} = 'cadre'`,

  `create function helper_posts_follow_cadre() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from helper_post where cadre_id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        insert into helper_post (cadre_id, organization_id, valid_from, valid_to) select new.id, p.* from helper_posts(new.data) p;
      end if;
      return null;
    end $$`,
  `create trigger helper_posts_grow after insert on local_copy
    for each row when (new.aggregate_type = 'cadre') execute function helper_posts_follow_cadre()`,
  `create trigger helper_posts_move after update on local_copy
    for each row when (new.aggregate_type = 'cadre' and old.data is distinct from new.data) execute function helper_posts_follow_cadre()`,
  `create trigger helper_posts_shrink after delete on local_copy
    for each row when (old.aggregate_type = 'cadre') execute function helper_posts_follow_cadre()`,

  `create function helper_posts_follow_scheme() returns trigger language plpgsql as $$
    begin
      delete from helper_post;
      insert into helper_post (cadre_id, organization_id, valid_from, valid_to) ${everybodys} = 'cadre';
      return null;
    end $$`,
  `create trigger helper_posts_ruled after insert on local_copy for each row
    when (new.aggregate_type = 'contactScheme' and new.data ->> 'code' = 'assistance-care') execute function helper_posts_follow_scheme()`,
  `create trigger helper_posts_ruled_anew after update on local_copy for each row
    when (new.aggregate_type = 'contactScheme' and new.data ->> 'code' = 'assistance-care' and old.data -> 'versions' is distinct from new.data -> 'versions')
    execute function helper_posts_follow_scheme()`,
  `create trigger helper_posts_unruled after delete on local_copy for each row
    when (old.aggregate_type = 'contactScheme' and old.data ->> 'code' = 'assistance-care') execute function helper_posts_follow_scheme()`,

  // of what kind an organization is may be told after who has a post there
  `create function helper_posts_follow_kind() returns trigger language plpgsql as $$
    begin
      if exists (select from helper_rules() r where r.rule -> 'organizationKinds' is not null) then
        delete from helper_post h using local_copy c where c.aggregate_type = 'cadre' and c.id = h.cadre_id
          and c.data @> jsonb_build_object('posts', jsonb_build_array(jsonb_build_object('organizationId', new.id)));
        insert into helper_post (cadre_id, organization_id, valid_from, valid_to) ${everybodys} = 'cadre'
          and c.data @> jsonb_build_object('posts', jsonb_build_array(jsonb_build_object('organizationId', new.id)));
      end if;
      return null;
    end $$`,
  `create trigger helper_posts_placed after insert on local_copy
    for each row when (new.aggregate_type = 'organization') execute function helper_posts_follow_kind()`,
  `create trigger helper_posts_placed_anew after update on local_copy
    for each row when (new.aggregate_type = 'organization' and old.data -> 'kind' is distinct from new.data -> 'kind')
    execute function helper_posts_follow_kind()`,
];
