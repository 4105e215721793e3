import { changeAll, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { cadreErrors, checkedPeriod } from '../cadre/cadre.errors.ts';
import { refuseBeyondService, refuseOutsideService } from '../cadre/career.ts';
import { OpenFiles, organizationOn, refuseOtherPlaces } from '../cadre/open-file.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { overlap } from '../effective/timeline.ts';
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
      const other = (await openRotations(unit, cadreId)).find((each) =>
        overlap({ from, until }, { from: each.plannedFrom, until: each.plannedUntil }),
      );
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

/** Cancels what somebody who leaves on a day will not complete; what ends before that day goes on. */
export async function cancelRotationsOf(unit: Unit, cadreId: string, on: string): Promise<void> {
  for (const rotation of await openRotations(unit, cadreId))
    if (rotation.plannedUntil > on) unit.emit(rotation, ...rotation.cancel(on, 'CADRE_LEFT'));
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

function openRotations(unit: Unit, cadreId: string): Promise<Rotation[]> {
  return unit.loadAll(Rotation, { cadreId, state: { $in: ['PLANNED', 'ACTIVE'] } });
}

function refuseFuture(day: string, today: string): void {
  if (day > today) throw cadreErrors('cadre.notYet', { today }, { field: 'input.on' });
}
