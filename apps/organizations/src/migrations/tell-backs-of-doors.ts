import { Migration } from '@mikro-orm/migrations';

/** Tell-backs of what was said at doors, and callbacks that came before anything was owed, wherever it had been said. */
export class TellBacksOfDoors extends Migration {
  override up(): void {
    for (const statement of [
      `alter table "tell_back" alter column "activity_id" drop not null,
        add column "home_visit_id" uuid null,
        add column "heard_by_ids" uuid[] not null default '{}'`,
      `alter table "tell_back" alter column "heard_by_ids" drop default`,
      'create index tell_back_heard_by on tell_back using gin (heard_by_ids)',
      `create table called_back (
        demand_id uuid primary key,
        callback_id uuid not null,
        held_on date not null
      )`,
      `insert into called_back (demand_id, callback_id, held_on)
        select d.id, d.callback_id, d.called_back_on from demand d
        where d.callback_id is not null and not exists (select from tell_back t where t.demand_id = d.id)`,
      'alter table "demand" drop column "callback_id", drop column "called_back_on"',
    ])
      this.addSql(statement);
  }
}
