import { z } from 'zod';
import { addDays } from '@frontline/calendar';
import { importBatch, importer, sql, type Ctx, type Importer } from '@frontline/platform';
import { day, id } from '@frontline/platform/import-fields';
import { policyOn } from '../activity/activity-policy.ts';
import { dutyState } from '../duty/duty-state.ts';
import { Duty } from '../duty/duty.entity.ts';
import { dutyOf } from './tell-back.commands.ts';
import { TellBack } from './tell-back.entity.ts';

const tellBackLine = z
  .strictObject({
    id,
    demandId: id,
    caseId: id,
    /** Where it was said, if at a door: the activities where others were said are known. */
    homeVisit: z.strictObject({ id, areaId: id, cadreIds: z.array(id) }).optional(),
    /** Who owes it, if a cadre heard the demand. */
    cadreId: id.optional(),
    /** The day on which the case was closed. */
    owedFrom: day,
    toldOn: day.optional(),
    toldById: id.optional(),
    /** The callback that told the person, if nobody who heard it did. */
    callbackId: id.optional(),
    note: z.string().trim().min(1).max(2000).optional(),
  })
  .refine(({ owedFrom, toldOn }) => toldOn === undefined || toldOn >= owedFrom, {
    path: ['toldOn'],
    message: 'must not lie before owedFrom',
  })
  .refine(
    ({ toldOn, toldById, callbackId, note }) => toldOn !== undefined || (toldById ?? callbackId ?? note) === undefined,
    {
      path: ['toldOn'],
      message: 'must be given where toldById, callbackId or note is',
    },
  );

/** Past tell-backs emit nothing; the duty that each of a cadre's is comes with it. */
async function importTellBacks(ctx: Ctx, lines: z.output<typeof tellBackLine>[]): Promise<void> {
  const demands = await demandsOf(
    ctx,
    lines.map(({ demandId }) => demandId),
  );
  const owed = lines.map(({ homeVisit, cadreId, toldOn, toldById, callbackId, note, ...line }) => {
    const demand = homeVisit ? atDoor(homeVisit) : demands.get(line.demandId);
    if (!demand) throw new Error(`The tell-back ${line.id} names a demand that was not imported before it`);
    return {
      ...line,
      ...demand,
      cadreId: cadreId ?? null,
      dueOn: addDays(line.owedFrom, policyOn(line.owedFrom).tellBackWithinDays),
      toldOn: toldOn ?? null,
      toldById: toldById ?? null,
      callbackId: callbackId ?? null,
      note: note ?? null,
    };
  });
  await importBatch(ctx, TellBack, owed);
  await importBatch(
    ctx,
    Duty,
    owed.flatMap(({ cadreId, toldOn, ...one }) => {
      if (!cadreId) return [];
      const duty = dutyOf(one, cadreId);
      return {
        ...duty,
        fulfilledBy: toldOn ? one.id : null,
        fulfilledOn: toldOn,
        // whoever brings an outcome in knows it: nobody is told of the past
        toldState: toldOn ? dutyState({ ...duty, fulfilledOn: toldOn }, duty.windowEnd) : null,
      };
    }),
  );
}

const atDoor = ({ id: homeVisitId, areaId, cadreIds }: { id: string; areaId: string; cadreIds: string[] }) => ({
  activityId: null,
  homeVisitId,
  areaId,
  heardByIds: cadreIds,
});

async function demandsOf(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<TellBack, 'activityId' | 'homeVisitId' | 'areaId' | 'heardByIds'>>> {
  const { rows } = await sql<{ id: string; activityId: string; areaId: string }>`
    select id, activity_id as "activityId", area_id as "areaId" from demand where id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id: demandId, ...place }) => [demandId, { ...place, homeVisitId: null, heardByIds: [] }]));
}

/** How a tell-back is brought in, after the activity that heard the demand. */
export const tellBackImporter: Importer = importer(tellBackLine, importTellBacks);
