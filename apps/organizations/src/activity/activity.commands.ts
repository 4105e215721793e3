import { activityRecorded, cadreRecord } from '@frontline/events';
import { MEETS_RESIDENTS, placesFor } from '@frontline/access';
import {
  byId,
  changeAll,
  checkedId,
  copyOf,
  dayOf,
  idempotently,
  personalDataCipher,
  platformErrors,
  sql,
  type Ctx,
} from '@frontline/platform';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { fulfilDuties } from '../duty/duty-fulfilment.ts';
import { addPromises } from '../promise/promise.commands.ts';
import { addQuestions } from '../question/question.commands.ts';
import { Organization } from '../organization/organization.entity.ts';
import { patchOfArea } from '../patch/patch.queries.ts';
import { liesWithin } from '../organization/organization-path.ts';
import { foremost, ruling, type Register } from './acting-under-assignment.ts';
import { Activity, ActivityParticipant, type Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import type { RecordActivityInput } from './activity.inputs.ts';
import { checkActivity } from './activity-rules.ts';
import { assignmentsAt, registerOf, servedBy } from './assignments-at-target.ts';
import { demandFactsOf, demandOf } from './heard-demands.ts';

/**
 * Records what took place, in one transaction: the activity, who took part, each demand with its disposition, the duties
 * it fulfils, and the fact from which cases open. Sent again with the same key, or as the same record made offline, it
 * gives the same activity. Throws what {@link checkActivity} and {@link ruling} refuse.
 */
export function recordActivity(ctx: Ctx, input: RecordActivityInput): Promise<Activity> {
  checkActivity(input, ctx.now());
  return idempotently(
    ctx,
    'recordActivity',
    Activity,
    input,
    async (tx) => (await madeOffline(tx, input)) ?? keepActivity(tx, input),
  );
}

/**
 * {@link recordActivity} inside the transaction of a command that has checked it and its key. `alsoServed` are assignments
 * whose duty it fulfils whoever took part.
 */
export async function keepActivity(
  tx: Ctx,
  input: RecordActivityInput,
  alsoServed: readonly ContactAssignment[] = [],
): Promise<Activity> {
  const day = dayOf(input.heldAt);
  const named = await namedAssignment(tx, input);
  const targetId = await targetOf(tx, input, named);
  const there = await assignmentsAt(tx, targetId, day);
  const cadreIds = await participants(tx, input);
  const register = await registerOf(tx, [...cadreIds, ...contactorsOf([...there, ...(named ? [named] : [])])], day);
  const own = ownCadreId(tx);
  const assignment = named ?? (own ? foremost(there, own, register) : undefined);
  const demands = await Promise.all(
    input.demands.map((demand, at) => demandOf(tx, demand, targetId, `input.demands[${at}]`)),
  );
  const activity = Object.assign(new Activity(), {
    kind: input.kind,
    heldAt: input.heldAt,
    minutes: input.minutes ?? null,
    targetId,
    metCount: input.metCount ?? null,
    summary: input.summary?.trim() || null,
    ...(assignment && taken(tx, assignment, register, day)),
    ...recording(tx, input),
  });
  return changeAll(tx, async (unit) => {
    for (const demand of demands) unit.add(Object.assign(demand, { activityId: activity.id }));
    for (const cadreId of cadreIds)
      unit.addOwned(Object.assign(new ActivityParticipant(), { activityId: activity.id, cadreId }));
    const always = new Set([...alsoServed, ...(assignment ? [assignment] : [])].map(({ id }) => id));
    const each = [...new Map([...there, ...alsoServed].map((one) => [one.id, one])).values()];
    const served = servedBy(each, cadreIds, register, always);
    addPromises(unit, activity, input.promises, { own, cadreIds }, 'input.promises');
    await addQuestions(unit, activity, input.questions ?? []);
    await fulfilDuties(unit, { id: activity.id, kind: activity.kind, on: day }, served);
    return unit.add(activity, recorded(activity, cadreIds, demands));
  });
}

/** How a record under an assignment is taken; throws the reason when it is not. */
function taken(
  ctx: Ctx,
  assignment: ContactAssignment,
  register: Register,
  heldOn: string,
): Pick<Activity, 'assignmentId' | 'acceptance' | 'recordedAs'> {
  const ruled = ruling(assignment, ownCadreId(ctx), register, { heldOn, today: ctx.today() });
  if ('refusal' in ruled) {
    const on = ruled.refusal === 'activity.assignmentEnded' ? assignment.validTo : assignment.validFrom;
    const told = ruled.refusal === 'activity.notYourAssignment' ? {} : { on };
    throw activityErrors(ruled.refusal, told, { field: 'input.assignmentId' });
  }
  return { assignmentId: assignment.id, acceptance: ruled.acceptance, recordedAs: ruled.actingAs };
}

/** Who records, and when; for a record made offline what the device said of it. */
function recording(ctx: Ctx, input: RecordActivityInput) {
  return {
    recordedAt: ctx.now(),
    recordedById: ownCadreId(ctx) ?? null,
    recorder: recorderOf(ctx),
    clientId: input.clientId ?? null,
    madeAt: input.madeAt ?? null,
    clientDigest: input.clientId ? digestOf(input) : null,
  };
}

/** The activity that this record made offline has become already; refuses another record with the same id. */
async function madeOffline(ctx: Ctx, input: RecordActivityInput): Promise<Activity | undefined> {
  const { clientId } = input;
  if (!clientId) return undefined;
  const recorder = recorderOf(ctx);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`offline ${recorder} ${clientId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
  const before = await ctx.em.findOne(Activity, { recorder, clientId });
  if (before && before.clientDigest !== digestOf(input))
    throw activityErrors('activity.clientIdReused', {}, { field: 'input.clientId' });
  return before ?? undefined;
}

/** A keyed digest of what was recorded, whatever key it is sent under. */
function digestOf({ idempotencyKey: _, ...content }: RecordActivityInput): string {
  return personalDataCipher().digest(JSON.stringify(content, (_name, value: unknown) => value ?? undefined));
}

function recorded(activity: Activity, contactorIds: string[], demands: Demand[]) {
  return activityRecorded.of({
    activityId: activity.id,
    kind: activity.kind,
    heldAt: activity.heldAt.toISOString(),
    targetId: activity.targetId,
    contactorIds,
    ...(activity.assignmentId && { assignmentId: activity.assignmentId }),
    demands: demands.map(demandFactsOf),
  });
}

/** The caller's own file, if a cadre. */
export const ownCadreId = ({ actor }: Ctx): string | undefined => (actor.kind === 'person' ? actor.cadreId : undefined);

/** The issuer's subject of the caller, or the service that acts. */
export const recorderOf = ({ actor, service }: Ctx): string => (actor.kind === 'person' ? actor.sub : service);

const contactorsOf = (assignments: readonly ContactAssignment[]): string[] =>
  assignments.flatMap((each) => (each.contactorKind === 'CADRE' ? each.contactorIds : []));

/** The caller, if a cadre, and who went along. */
async function participants(ctx: Ctx, { withCadreIds }: RecordActivityInput): Promise<string[]> {
  const others = await knownCadres(ctx, withCadreIds ?? [], 'input.withCadreIds');
  return [...new Set([ownCadreId(ctx), ...others].filter((id) => id !== undefined))];
}

/** The ids of cadres as they were given; each must be one we know of. */
export function knownCadres(ctx: Ctx, ids: readonly string[], path: string): Promise<string[]> {
  return Promise.all(
    ids.map(async (given, at) => {
      const field = `${path}[${at}]`;
      const known = await copyOf(ctx, cadreRecord, checkedId(given, field));
      if (!known) throw activityErrors('activity.unknownCadre', {}, { field });
      return known.id;
    }),
  );
}

/** The assignment that was named; whether it may be acted under is decided apart. */
async function namedAssignment(
  ctx: Ctx,
  { assignmentId }: RecordActivityInput,
): Promise<ContactAssignment | undefined> {
  if (!assignmentId) return undefined;
  const field = 'input.assignmentId';
  const found = await byId(ctx, ContactAssignment, checkedId(assignmentId, field));
  if (!found) throw platformErrors('aggregate.notFound', { type: 'ContactAssignment' }, { field });
  return found;
}

/** Where it took place; a cadre may record anywhere, others only within their places. */
export async function targetOf(
  ctx: Ctx,
  { targetId, heldAt }: Pick<RecordActivityInput, 'targetId' | 'heldAt'>,
  assignment: ContactAssignment | undefined,
): Promise<string> {
  const field = 'input.targetId';
  const held = assignment?.targetKind === 'PATCH' ? targetId : (assignment?.targetId ?? targetId);
  if (assignment?.targetKind === 'PATCH') {
    const patch = targetId ? await patchOfArea(ctx, checkedId(targetId, field), dayOf(heldAt)) : undefined;
    if (patch?.id !== assignment.targetId) throw activityErrors('activity.patchArea', {}, { field });
  } else if (assignment && targetId && targetId !== assignment.targetId)
    throw activityErrors('activity.targetMismatch', {}, { field });
  const target = await byId(ctx, Organization, held);
  if (!target) throw activityErrors('activity.unknownOrganization', {}, { field });
  const day = dayOf(heldAt);
  if (day < target.validFrom || (target.validTo && target.validTo <= day))
    throw activityErrors('activity.organizationNotThen', { day }, { field });
  if (
    placesFor(ctx.actor, ['CADRE']).length === 0 &&
    !(await liesWithin(ctx, target.id, placesFor(ctx.actor, MEETS_RESIDENTS)))
  ) {
    throw activityErrors('activity.notYourPlace', {}, { field });
  }
  return target.id;
}
