import type { AmendHomeVisitInput } from './amend-home-visit.inputs.ts';
import { fitsCaseKind, fitsOutcome } from './demand-disposition.ts';
import { homeVisitErrors } from './home-visit.errors.ts';
import type { HomeVisitDemandInput, RecordHomeVisitInput } from './home-visit.inputs.ts';

/** Demands that one visit may record; more than that is a list somebody should import. */
export const MAX_DEMANDS = 20;

/** Most characters of the reason of an amendment. */
export const REASON_MAX = 500;

/** The rules of a recorded visit that need no look-up; `now` is the district's. Throws for the first that is broken. */
export function checkHomeVisit(input: RecordHomeVisitInput, now: Date): void {
  if (input.heldAt.getTime() > now.getTime()) throw homeVisitErrors('homeVisit.future', {}, { field: 'input.heldAt' });
  checkText(input.findings, 4000, 'input.findings');
  if (input.demands.length > MAX_DEMANDS)
    throw homeVisitErrors('homeVisit.demands', { max: MAX_DEMANDS }, { field: 'input.demands' });
  input.demands.forEach((demand, at) => checkDemand(demand, `input.demands[${at}]`));
}

/** The rules of an amendment that need no look-up; `now` is the district's. Throws for the first that is broken. */
export function checkAmendment(input: AmendHomeVisitInput, now: Date): void {
  checkText(input.reason, REASON_MAX, 'input.reason');
  if (input.heldAt && input.heldAt.getTime() > now.getTime())
    throw homeVisitErrors('homeVisit.future', {}, { field: 'input.heldAt' });
  if (typeof input.findings === 'string') checkText(input.findings, 4000, 'input.findings');
  const named = [...input.changeDemands.map(({ demandId }) => demandId), ...input.removeDemandIds];
  if (new Set(named.map((id) => id.toLowerCase())).size < named.length)
    throw homeVisitErrors('homeVisit.demandTwice', {}, { field: 'input.removeDemandIds' });
  input.addDemands.forEach((demand, at) => checkDemand(demand, `input.addDemands[${at}]`));
}

/** A demand has exactly one disposition, and what that disposition needs. */
export function checkDemand(demand: HomeVisitDemandInput, path: string): void {
  checkText(demand.text, 2000, `${path}.text`);
  checkText(demand.categoryCode, 40, `${path}.categoryCode`);
  if (!fitsCaseKind(demand)) throw homeVisitErrors('homeVisit.caseKind', {}, { field: `${path}.caseKind` });
  if (!fitsOutcome(demand)) {
    const { disposition } = demand;
    throw homeVisitErrors('homeVisit.outcome', { disposition }, { field: `${path}.outcome` });
  }
  if (demand.outcome) checkText(demand.outcome, 2000, `${path}.outcome`);
}

/** A text of 1 to `max` characters, without what surrounds it. */
export function checkText(text: string, max: number, field: string): void {
  const characters = [...text.trim()].length;
  if (characters < 1 || characters > max) throw homeVisitErrors('homeVisit.text', { max }, { field });
}
