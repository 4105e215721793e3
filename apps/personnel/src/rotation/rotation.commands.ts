import { LEFT_SERVICE } from '@frontline/events';
import { changeAll, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { cadreErrors, checkedPeriod } from '../cadre/cadre.errors.ts';
import { refuseBeyondService, refuseOutsideService } from '../cadre/career.ts';
import { OpenFiles, organizationOn, refuseOtherPlaces } from '../cadre/open-file.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { overlap, type Period } from '../effective/timeline.ts';
import { addExperience, refuseOtherThanGrassroots } from '../grassroots/experience-rules.ts';
import { Rotation } from './rotation.entity.ts';
import { rotationErrors } from './rotation.errors.ts';
import type {
  CancelRotationInput,
  PlanRotationInput,
  RotationChangeInput,
  RotationOnInput,
} from './rotation.inputs.ts';

/** Plans a period of grassroots service; rotations of one cadre do not overlap. */
export function planRotation(ctx: Ctx, input: PlanRotationInput): Promise<Rotation> {
  return idempotently(ctx, 'planRotation', Rotation, input, (tx) =>
    changeAll(tx, async (unit) => {
      const { cadreId, organizationId, from, until } = input;
      checkedPeriod(from, until, 'input.until');
      const file = await ownFile(new OpenFiles(unit), cadreId);
      refuseBeyondService(file, { from, until });
      const { kind } = await organizationOn(unit.ctx, organizationId, from, 'input.organizationId');
      refuseOtherThanGrassroots(kind, 'input.organizationId');
      const other = (await openRotations(unit, cadreId)).find((each) => overlap({ from, until }, plannedPeriod(each)));
      if (other) throw rotationErrors('rotation.overlaps', { from: other.plannedFrom }, { field: 'input.from' });
      const planned = { cadreId: file.cadre.id, organizationId, plannedFrom: from, plannedUntil: until };
      const rotation = Object.assign(new Rotation(), planned);
      return unit.add(rotation, ...rotation.planned());
    }),
  );
}

/** Begins a rotation on the day it began. */
export function beginRotation(ctx: Ctx, input: RotationOnInput): Promise<Rotation> {
  return changeRotation(ctx, 'beginRotation', input, (rotation, file) => {
    refuseFuture(input.on, file.today);
    refuseOutsideService(file, input.on, 'input.on');
    return rotation.begin(input.on);
  });
}

/** Completes a rotation: its time becomes grassroots experience of the cadre. */
export function completeRotation(ctx: Ctx, input: RotationOnInput): Promise<Rotation> {
  return changeRotation(ctx, 'completeRotation', input, (rotation, file, files) => {
    refuseFuture(input.on, file.today);
    const facts = rotation.complete(input.on);
    const served = { organizationId: rotation.organizationId, from: rotation.begunOn as string, until: input.on };
    files.unit.emit(file.cadre, ...addExperience(file, { ...served, kind: 'ROTATION' }));
    return facts;
  });
}

/** Cancels a rotation that is planned or under way; no experience comes of it. */
export function cancelRotation(ctx: Ctx, input: CancelRotationInput): Promise<Rotation> {
  return changeRotation(ctx, 'cancelRotation', input, (rotation) => rotation.cancel(input.on, input.reason));
}

/**
 * Cancels what somebody who leaves on a day will not complete; what ends before that day goes on. Where the day lies ahead,
 * what begins before it goes on until then (see {@link cancelRotationsToday}), and what would begin later never does.
 */
export async function cancelRotationsOf(unit: Unit, cadreId: string, on: string): Promise<void> {
  const ahead = on > unit.ctx.today();
  for (const rotation of await openRotations(unit, cadreId)) {
    if (rotation.plannedUntil <= on || (ahead && (rotation.begunOn ?? rotation.plannedFrom) < on)) continue;
    unit.emit(rotation, ...rotation.cancel(on, 'CADRE_LEFT'));
  }
}

/** Cancels the rotations of whoever has left by today, as of the day on which they did. Gives of how many. */
export function cancelRotationsToday(ctx: Ctx): Promise<number> {
  return changeAll(ctx, async (unit) => {
    const { rows } = await sql<{ id: string }>`
      select distinct r.cadre_id as id from rotation r join status_period s on s.cadre_id = r.cadre_id
      where r.state in ('PLANNED', 'ACTIVE') and r.planned_until > s.valid_from
        and s.status = any(${[...LEFT_SERVICE]}::text[]) and s.valid_from <= ${ctx.today()}::date`.execute(
      unit.ctx.em.getKysely(),
    );
    // opened, and so locked: a departure that is being taken back is settled first
    for (const { cadre, leftOn } of await new OpenFiles(unit).open(rows.map(({ id }) => ({ id, field: 'cadre.id' }))))
      if (leftOn) await cancelRotationsOf(unit, cadre.id, leftOn);
    return rows.length;
  });
}

/**
 * Lets go on what was cancelled since the cadre was to leave on a day; that was a mistake. What another rotation was planned
 * over meanwhile stays cancelled.
 */
export async function resumeRotationsOf(unit: Unit, cadreId: string, leftOn: string): Promise<void> {
  const open = (await openRotations(unit, cadreId)).map(plannedPeriod);
  const cancelled = { cadreId, state: 'CANCELLED' as const, cancelReason: 'CADRE_LEFT' as const, endedOn: leftOn };
  for (const rotation of await unit.loadAll(Rotation, cancelled))
    if (!open.some((each) => overlap(each, plannedPeriod(rotation)))) unit.emit(rotation, ...rotation.goOn());
}

function changeRotation<I extends RotationChangeInput>(
  ctx: Ctx,
  operation: string,
  input: I,
  decide: (rotation: Rotation, file: PersonnelFile, files: OpenFiles) => ReturnType<Rotation['begin']>,
): Promise<Rotation> {
  return idempotently(ctx, operation, Rotation, input, (tx) =>
    changeAll(tx, async (unit) => {
      const { expectedVersion = null, rotationId } = input;
      const rotation = await unit.load(Rotation, rotationId, { expectedVersion, field: 'input.rotationId' });
      const files = new OpenFiles(unit);
      const file = await ownFile(files, rotation.cadreId, 'input.rotationId');
      unit.emit(rotation, ...decide(rotation, file, files));
      files.save();
      return rotation;
    }),
  );
}

async function ownFile(files: OpenFiles, cadreId: string, field = 'input.cadreId'): Promise<PersonnelFile> {
  const file = await files.one(cadreId, field);
  await refuseOtherPlaces(files.ctx, file, field);
  return file;
}

const plannedPeriod = ({ plannedFrom: from, plannedUntil: until }: Rotation): Period => ({ from, until });

function openRotations(unit: Unit, cadreId: string): Promise<Rotation[]> {
  return unit.loadAll(Rotation, { cadreId, state: { $in: ['PLANNED', 'ACTIVE'] } });
}

function refuseFuture(day: string, today: string): void {
  if (day > today) throw cadreErrors('cadre.notYet', { today }, { field: 'input.on' });
}
