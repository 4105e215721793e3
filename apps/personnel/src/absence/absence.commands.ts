import type { Ctx } from '@frontline/platform';
import type { Cadre } from '../cadre/cadre.entity.ts';
import { changeCadre, type OpenFiles } from '../cadre/open-file.ts';
import { periodOf, type PersonnelFile } from '../cadre/personnel-file.ts';
import { Absence } from './absence.entity.ts';
import type { ChangeSubstituteInput, EndAbsenceInput, RecordAbsenceInput } from './absence.inputs.ts';
import { changeSubstitute, endAbsence, recordAbsence } from './absence-rules.ts';

/** Records a period away with its substitute. Both cadres are locked, so that two of them can't stand in for each other. */
export function recordCadreAbsence(ctx: Ctx, input: RecordAbsenceInput): Promise<Cadre> {
  return changeCadre(ctx, 'recordAbsence', input, async (file, files) => {
    const substitute = await substituteOf(files, input.substituteId);
    const standsIn = await files.ctx.em.find(Absence, { substituteId: file.cadre.id });
    return recordAbsence(file, input, standsIn.map(periodOf), substitute);
  });
}

/** Ends an absence earlier than recorded. */
export function endCadreAbsence(ctx: Ctx, input: EndAbsenceInput): Promise<Cadre> {
  return changeCadre(ctx, 'endAbsence', input, (file) => endAbsence(file, input.absenceId.toLowerCase(), input.on));
}

/** Names another substitute, or none, for the rest of an absence. */
export function changeAbsenceSubstitute(ctx: Ctx, input: ChangeSubstituteInput): Promise<Cadre> {
  return changeCadre(ctx, 'changeSubstitute', input, async (file, files) => {
    const substitute = await substituteOf(files, input.substituteId);
    return changeSubstitute(file, input.absenceId.toLowerCase(), input.on, substitute);
  });
}

async function substituteOf(files: OpenFiles, id: string | null | undefined): Promise<PersonnelFile | undefined> {
  return id ? files.one(id, 'input.substituteId') : undefined;
}
