import { activityRecorded } from '@frontline/events';
import { MEETS_RESIDENTS, placesFor } from '@frontline/access';
import { byId, changeAll, dayOf, idempotently, platformErrors, sql, validOn, type Ctx } from '@frontline/platform';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { Duty } from '../duty/duty.entity.ts';
import { owedOn } from '../duty/duty-owed.ts';
import { Organization } from '../organization/organization.entity.ts';
import { Activity, ActivityParticipant, Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import type { DemandInput, RecordActivityInput } from './activity.inputs.ts';
import { checkActivity } from './activity-rules.ts';

/**
 * Records what took place, in one transaction: the activity, who took part, each demand with its disposition, the duties
 * it fulfils, and the fact from which cases open. Sent again with the same key it gives the same activity.
 */
export function recordActivity(ctx: Ctx, input: RecordActivityInput): Promise<Activity> {
  checkActivity(input, ctx.now());
  return idempotently(ctx, 'recordActivity', Activity, input, async (tx) => {
    const assignment = await assignmentOf(tx, input);
    const targetId = await targetOf(tx, input, assignment);
    const demands = await Promise.all(
      input.demands.map((demand, at) => demandOf(tx, demand, targetId, `input.demands.${at}`)),
    );
    const activity = Object.assign(new Activity(), {
      kind: input.kind,
      heldAt: input.heldAt,
      minutes: input.minutes ?? null,
      targetId,
      assignmentId: assignment?.id ?? null,
      metCount: input.metCount ?? null,
      summary: input.summary?.trim() || null,
    });
    const cadreIds = participants(tx, input);
    return changeAll(tx, async (unit) => {
      for (const demand of demands) unit.add(Object.assign(demand, { activityId: activity.id }));
      for (const cadreId of cadreIds)
        unit.addOwned(Object.assign(new ActivityParticipant(), { activityId: activity.id, cadreId }));
      if (assignment) {
        const day = dayOf(input.heldAt);
        const begun = await unit.loadAll(Duty, {
          assignmentId: assignment.id,
          activity: input.kind,
          windowStart: { $lte: day },
        });
        owedOn(begun, day)?.fulfil(activity.id, day);
      }
      return unit.add(activity, recorded(activity, cadreIds, demands));
    });
  });
}

function recorded(activity: Activity, contactorIds: string[], demands: Demand[]) {
  return activityRecorded.of({
    activityId: activity.id,
    kind: activity.kind,
    heldAt: activity.heldAt.toISOString(),
    targetId: activity.targetId,
    contactorIds,
    ...(activity.assignmentId && { assignmentId: activity.assignmentId }),
    demands: demands.map(({ id, disposition, categoryCode, caseKind, areaId, householdId }) => ({
      demandId: id,
      disposition,
      categoryCode,
      areaId,
      ...(caseKind && { caseKind }),
      ...(householdId && { householdId }),
    })),
  });
}

function participants({ actor }: Ctx, { withCadreIds }: RecordActivityInput): string[] {
  const own = actor.kind === 'person' && actor.cadreId ? [actor.cadreId] : [];
  return [...new Set([...own, ...(withCadreIds ?? [])])];
}

/** The assignment that was named, if it is the caller's (as contactor or liaison) on the day of the activity. */
async function assignmentOf(
  ctx: Ctx,
  { assignmentId, heldAt }: RecordActivityInput,
): Promise<ContactAssignment | undefined> {
  if (!assignmentId) return undefined;
  const field = 'input.assignmentId';
  const assignment = await byId(ctx, ContactAssignment, assignmentId);
  if (!assignment) throw platformErrors('aggregate.notFound', { type: 'ContactAssignment' }, { field });
  const day = dayOf(heldAt);
  const holds = assignment.validFrom <= day && (!assignment.validTo || day < assignment.validTo);
  const cadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  const mine = cadreId !== undefined && [...assignment.contactorIds, ...assignment.liaisonIds].includes(cadreId);
  if (!holds || !mine) throw activityErrors('activity.notYourAssignment', {}, { field });
  return assignment;
}

/** Where it took place; a cadre may record anywhere, others only within their places. */
async function targetOf(
  ctx: Ctx,
  { targetId }: RecordActivityInput,
  assignment: ContactAssignment | undefined,
): Promise<string> {
  const field = 'input.targetId';
  if (assignment && targetId && targetId !== assignment.targetId)
    throw activityErrors('activity.targetMismatch', {}, { field });
  const target = await byId(ctx, Organization, assignment?.targetId ?? targetId);
  if (!target) throw activityErrors('activity.unknownOrganization', {}, { field });
  if (
    placesFor(ctx.actor, ['CADRE']).length === 0 &&
    !(await liesIn(ctx, target.id, placesFor(ctx.actor, MEETS_RESIDENTS)))
  ) {
    throw activityErrors('activity.notYourPlace', {}, { field });
  }
  return target.id;
}

async function liesIn(ctx: Ctx, organizationId: string, places: 'ALL' | string[]): Promise<boolean> {
  if (places === 'ALL') return true;
  const { rows } = await sql`
    select 1 from organization_path op where op.descendant_id = ${organizationId} and op.ancestor_id = any(${places}::uuid[]) and ${validOn('op', ctx.today())} limit 1`.execute(
    ctx.em.getKysely(),
  );
  return rows.length > 0;
}

async function demandOf(ctx: Ctx, input: DemandInput, targetId: string, path: string): Promise<Demand> {
  const area = input.areaId ? await byId(ctx, Organization, input.areaId) : undefined;
  if (input.areaId && !area) throw activityErrors('activity.unknownOrganization', {}, { field: `${path}.areaId` });
  return Object.assign(new Demand(), {
    text: input.text.trim(),
    disposition: input.disposition,
    categoryCode: input.categoryCode.trim(),
    caseKind: input.caseKind ?? null,
    areaId: area?.id ?? targetId,
    householdId: input.householdId ?? null,
    outcome: input.outcome?.trim() || null,
  });
}
