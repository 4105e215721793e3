import { organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  connectUnder,
  sql,
  withinPlaces,
  type Connection,
  type Ctx,
  type Order,
  type PageArgs,
  type Sql,
} from '@frontline/platform';
import { Rotation } from './rotation.entity.ts';
import type { RotationFilter, RotationsArgs } from './rotation.inputs.ts';

const newest: Order = [['t.planned_from', 'desc']];

function conditions({ states, cadreId, within, on }: RotationFilter): (Sql | undefined)[] {
  return [
    states ? sql`t.state = any(${[...states]}::text[])` : undefined,
    cadreId ? sql`t.cadre_id = ${checkedId(cadreId, 'filter.cadreId')}` : undefined,
    within
      ? (withinPlaces(organizationRecord, sql.ref('t.organization_id'), [checkedId(within, 'filter.within')]) as Sql)
      : undefined,
    on ? sql`t.planned_from <= ${on}::date and ${on}::date < t.planned_until` : undefined,
  ];
}

/** Rotations by filter, latest first. */
export function rotations(ctx: Ctx, args: RotationsArgs): Promise<Connection<Rotation>> {
  return connect(ctx, Rotation, args, { where: conditions(args.filter ?? {}), order: newest });
}

/** Rotations of a cadre, latest first. */
export function rotationsOf(ctx: Ctx, cadreId: string, page: PageArgs): Promise<Connection<Rotation>> {
  return connectUnder(ctx, Rotation, cadreId, page, { parent: sql.ref('t.cadre_id'), order: newest });
}
