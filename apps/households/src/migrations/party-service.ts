import { Migration } from '@mikro-orm/migrations';

/**
 * The days on which a cadre is an active party cadre: in the Party, holding a post, and not gone. Made of our copy of
 * personnel's record, whoever writes that copy, so that coverage asks an index and reads no JSON.
 */
export class PartyService extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const periods = (list: string, which = 'true') =>
  `coalesce((select range_agg(daterange((p ->> 'from')::date, (p ->> 'until')::date)) from jsonb_array_elements(data -> '${list}') p where ${which}), '{}')`;

const statements = [
  `create table party_service (
    cadre_id uuid not null,
    valid_from date not null,
    valid_to date,
    primary key (cadre_id, valid_from)
  )`,
  // a record without a history of statuses has the one of today at all times
  `create function party_service_days(data jsonb) returns datemultirange language sql stable as $$
    select ${periods('posts')} * ${periods('partyMember')} * case
      when jsonb_array_length(coalesce(data -> 'statuses', '[]')) > 0 then ${periods('statuses', `p ->> 'status' not in ('RETIRED', 'DEPARTED')`)}
      when data ->> 'status' in ('RETIRED', 'DEPARTED') then '{}'::datemultirange
      else '{(,)}'::datemultirange end
  $$`,
  `insert into party_service (cadre_id, valid_from, valid_to)
    select c.id, lower(r), upper(r) from local_copy c cross join unnest(party_service_days(c.data)) r where c.aggregate_type = 'cadre'`,
  `create function party_service_follows_copy() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from party_service where cadre_id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        insert into party_service (cadre_id, valid_from, valid_to)
          select new.id, lower(r), upper(r) from unnest(party_service_days(new.data)) r;
      end if;
      return null;
    end $$`,
  `create trigger party_service_grows after insert on local_copy
    for each row when (new.aggregate_type = 'cadre') execute function party_service_follows_copy()`,
  `create trigger party_service_moves after update on local_copy
    for each row when (new.aggregate_type = 'cadre' and old.data is distinct from new.data) execute function party_service_follows_copy()`,
  `create trigger party_service_shrinks after delete on local_copy
    for each row when (old.aggregate_type = 'cadre') execute function party_service_follows_copy()`,
];
