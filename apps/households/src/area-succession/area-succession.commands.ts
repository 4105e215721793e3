import type { FilterQuery } from '@mikro-orm/core';
import { householdPlaced, pairedAssistancePlaced } from '@frontline/events';
import { changeAll, type Ctx, type Unit } from '@frontline/platform';
import type { EffectiveAggregate } from '../effective-aggregate.ts';
import { Grid } from '../grid/grid.entity.ts';
import { Household } from '../household/household.entity.ts';
import { PairedAssistance } from '../paired-assistance/paired-assistance.entity.ts';
import { ServiceTeam } from '../service-team/service-team.entity.ts';
import { FormerArea } from './former-area.entity.ts';

/** A residential area that another one has taken over, since a day (YYYY-MM-DD). */
export interface AreaSuccession {
  areaId: string;
  successorId: string;
  on: string;
}

type Placed = EffectiveAggregate & { residentialAreaId: string };

/**
 * Grids, teams, households and who assists them follow a residential area to its successor; what had ended by then keeps
 * the old area, and so do visits, which took place there. Told again, it finds nothing left to follow.
 */
export async function followAreaSuccession(ctx: Ctx, succession: AreaSuccession): Promise<void> {
  const { areaId, successorId, on } = succession;
  await changeAll(ctx, async (unit) => {
    const households = await held(unit, Household, succession);
    const holders = [
      ...(await held(unit, Grid, succession)),
      ...(await held(unit, ServiceTeam, succession)),
      ...households,
    ];
    const since = await sinceWhen(unit, holders);
    for (const holder of holders) follow(unit, holder, succession, since);
    for (const household of households) {
      const { id, code, gridId } = household;
      const record = { id, code, gridId, residentialAreaId: successorId };
      unit.emit(household, householdPlaced.of({ fromId: areaId, on, record }));
    }
    for (const assistance of await held(unit, PairedAssistance, succession)) {
      assistance.residentialAreaId = successorId;
      unit.emit(assistance, pairedAssistancePlaced.of({ record: assistance.record() }));
    }
  });
}

/** What belongs to the area and has not ended when it is taken over. */
function held<T extends Placed>(
  unit: Unit,
  entity: Parameters<typeof unit.loadAll<T>>[0],
  { areaId, on }: AreaSuccession,
): Promise<T[]> {
  const open = [{ validTo: null }, { validTo: { $gt: on } }];
  return unit.loadAll(entity, { residentialAreaId: areaId, $or: open } as unknown as FilterQuery<T>);
}

/** Since when those belong to their area that came to it by an earlier succession. */
async function sinceWhen(unit: Unit, holders: readonly Placed[]): Promise<ReadonlyMap<string, string>> {
  const earlier = await unit.ctx.em.find(FormerArea, { holderId: { $in: holders.map(({ id }) => id) } });
  const since = new Map<string, string>();
  for (const { holderId, validTo } of earlier)
    if (validTo && validTo > (since.get(holderId) ?? '')) since.set(holderId, validTo);
  return since;
}

function follow(
  unit: Unit,
  holder: Placed,
  { successorId, on }: AreaSuccession,
  since: ReadonlyMap<string, string>,
): void {
  const validFrom = since.get(holder.id) ?? holder.validFrom;
  if (validFrom < on)
    unit.addOwned(
      Object.assign(new FormerArea(), {
        holderId: holder.id,
        residentialAreaId: holder.residentialAreaId,
        validFrom,
        validTo: on,
      }),
    );
  holder.residentialAreaId = successorId;
}
