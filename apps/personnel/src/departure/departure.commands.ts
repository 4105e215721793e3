import { cadreDepartureTakenBack, type Fact } from '@frontline/events';
import type { Ctx } from '@frontline/platform';
import type { StatusReason } from '../cadre/cadre-enums.ts';
import { statusReasons } from '../cadre/cadre-status.ts';
import { cadreErrors } from '../cadre/cadre.errors.ts';
import type { Cadre } from '../cadre/cadre.entity.ts';
import { endWithService } from '../cadre/consequences.ts';
import { changeCadre, type OpenFiles } from '../cadre/open-file.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { leave } from '../cadre/status-changes.ts';
import { Departure, type DepartureCorrection } from './departure.entity.ts';
import type { CorrectDepartureInput, LeaveServiceInput, TakeBackDepartureInput } from './departure.inputs.ts';
import { tieAgain, tiesOf } from './ties.ts';
import { goOn, whatEnds } from './what-ended.ts';

type Leaving = { on: string; reason: StatusReason };

/** Retires a cadre from a day on, with all that ends by it. */
export function retireCadre(ctx: Ctx, input: LeaveServiceInput): Promise<Cadre> {
  return changeCadre(ctx, 'retireCadre', input, (file, files) => leaveService(file, files, 'retire', input));
}

/** Records that a cadre left the district's service, or will, with all that ends by it. */
export function recordDeparture(ctx: Ctx, input: LeaveServiceInput): Promise<Cadre> {
  return changeCadre(ctx, 'recordDeparture', input, (file, files) => leaveService(file, files, 'depart', input));
}

/** Takes back a departure that was recorded by mistake. */
export function takeBackDeparture(ctx: Ctx, input: TakeBackDepartureInput): Promise<Cadre> {
  return changeCadre(ctx, 'takeBackDeparture', input, async (file, files) => {
    const departure = await standing(file, files, 'input.cadreId');
    const again = await takeBack(file, files, departure, input.correction);
    return [cadreDepartureTakenBack.of({ on: departure.leavesOn, record: file.record() }), ...again];
  });
}

/** Gives a departure another day or reason: the old one is taken back, and the right one recorded in its place. */
export function correctDeparture(ctx: Ctx, input: CorrectDepartureInput): Promise<Cadre> {
  return changeCadre(ctx, 'correctDeparture', input, async (file, files) => {
    const departure = await standing(file, files, 'input.cadreId');
    const was = file.rows.statuses.find(({ status }) => status === departure.status)?.reason;
    const reason = input.reason ?? was;
    const on = input.on ?? departure.leavesOn;
    if (!reason || (on === departure.leavesOn && reason === was))
      throw cadreErrors('cadre.sameDeparture', {}, { field: input.reason ? 'input.reason' : 'input.on' });
    const again = await takeBack(file, files, departure, input.correction);
    files.save();
    const move = statusReasons.RETIRED.includes(reason) ? 'retire' : 'depart';
    const departed = await leaveService(file, files, move, { on, reason });
    // its record says the right day, so that nobody takes up again what ends by then
    return [cadreDepartureTakenBack.of({ on: departure.leavesOn, record: file.record() }), ...again, ...departed];
  });
}

async function leaveService(
  file: PersonnelFile,
  files: OpenFiles,
  move: 'retire' | 'depart',
  { on, reason }: Leaving,
): Promise<Fact[]> {
  const ended = { ...whatEnds(file, on), ties: await tiesOf(files, file, on) };
  const departed = leave(file, move, { on, reason });
  const departure = { cadreId: file.cadre.id, leavesOn: on, recordedAt: files.ctx.now(), ended };
  files.unit.addOwned(Object.assign(new Departure(), departure, { status: file.statusOn(on) }));
  return [...departed, ...(await endWithService(files, file, on))];
}

/** The departure of a cadre that was recorded here and stands; what a register told is for that register to correct. */
async function standing(file: PersonnelFile, files: OpenFiles, field: string): Promise<Departure> {
  const { leftOn } = file;
  if (leftOn === undefined) throw cadreErrors('cadre.notLeft', {}, { field });
  const departure = await files.ctx.em.findOne(Departure, { cadreId: file.cadre.id, correctedAt: null });
  if (departure?.leavesOn !== leftOn) throw cadreErrors('cadre.leftByRegister', { day: leftOn }, { field });
  return departure;
}

/** What ended goes on; gives what is to be told of the cadre beside that the departure is taken back. */
async function takeBack(
  file: PersonnelFile,
  files: OpenFiles,
  departure: Departure,
  correction: DepartureCorrection,
): Promise<Fact[]> {
  const { leavesOn, ended } = departure;
  goOn(file, leavesOn, ended);
  Object.assign(departure, { correction, correctedAt: files.ctx.now() });
  return tieAgain(files, file, leavesOn, ended.ties ?? { liaisons: [], substitutions: [] });
}
