import { Migration } from '@mikro-orm/migrations';

/**
 * The days on which an active party cadre (in the Party, holding a post, not gone) holds a post at an organization. It
 * takes the place of `party_service`, which said no place: below one, those who should assist a household and those of
 * them who do not are then the same people. Made of our copy of personnel's record, whoever writes that copy.
 */
export class PartyPosts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const days = `daterange((p ->> 'from')::date, (p ->> 'until')::date)`;
const periods = (list: string, which = 'true') =>
  `coalesce((select range_agg(${days}) from jsonb_array_elements(data -> '${list}') p where ${which}), '{}')`;

const statements = [
  ...['grows', 'moves', 'shrinks'].map((way) => `drop trigger party_service_${way} on local_copy`),
  'drop function party_service_follows_copy()',
  'drop function party_service_days(jsonb)',
  'drop table party_service',

  `create table party_post (
    cadre_id uuid not null,
    organization_id uuid not null,
    valid_from date not null,
    valid_to date,
    primary key (cadre_id, organization_id, valid_from)
  )`,
  'create index party_post_at on party_post (organization_id, valid_from)',
  // posts at one organization that touch or overlap are one time; a record without a history of statuses has the one of
  // today at all times
  `create function party_posts(data jsonb) returns table (organization_id uuid, valid_from date, valid_to date) language sql stable as $$
    select posts.at, lower(r), upper(r) from (
      select (p ->> 'organizationId')::uuid as at, range_agg(${days}) as days from jsonb_array_elements(data -> 'posts') p group by 1
    ) posts cross join unnest(posts.days * ${periods('partyMember')} * case
      when jsonb_array_length(coalesce(data -> 'statuses', '[]')) > 0 then ${periods('statuses', `p ->> 'status' not in ('RETIRED', 'DEPARTED')`)}
      when data ->> 'status' in ('RETIRED', 'DEPARTED') then '{}'::datemultirange
      else '{(,)}'::datemultirange end) r
  $$`,
  `insert into party_post (cadre_id, organization_id, valid_from, valid_to)
    select c.id, p.* from local_copy c cross join lateral party_posts(c.data) p where c.aggregate_type = 'cadre'`,
  `create function party_posts_follow_copy() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from party_post where cadre_id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        insert into party_post (cadre_id, organization_id, valid_from, valid_to) select new.id, p.* from party_posts(new.data) p;
      end if;
      return null;
    end $$`,
  `create trigger party_posts_grow after insert on local_copy
    for each row when (new.aggregate_type = 'cadre') execute function party_posts_follow_copy()`,
  `create trigger party_posts_move after update on local_copy
    for each row when (new.aggregate_type = 'cadre' and old.data is distinct from new.data) execute function party_posts_follow_copy()`,
  `create trigger party_posts_shrink after delete on local_copy
    for each row when (old.aggregate_type = 'cadre') execute function party_posts_follow_copy()`,
];
