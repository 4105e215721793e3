import { z } from 'zod';
import { day, defineEvent, defineRecord, id, instant, period } from './event-contract.ts';
import { demandFacts } from './organizations.events.ts';

/** What others copy of a household: where it belongs, not where it lives. */
export const householdRecord = defineRecord({
  context: 'households',
  aggregate: 'household',
  schema: z.strictObject({ id, code: z.string(), residentialAreaId: id, gridId: id }),
});

/** What others copy of a paired assistance. */
export const pairedAssistanceRecord = defineRecord({
  context: 'households',
  aggregate: 'pairedAssistance',
  schema: z.strictObject({ id, cadreId: id, householdId: id, residentialAreaId: id, ...period }),
});

export const householdImported = defineEvent({
  context: 'households',
  aggregate: 'household',
  name: 'imported',
  data: z.strictObject({ record: householdRecord.schema }),
  when: 'A register brings a household in, or brings changes of one in.',
  why: 'Cases and visits can be placed in the right grid and area.',
});

const assistance = { context: 'households', aggregate: 'pairedAssistance' } as const;
const assistanceChanged = z.strictObject({ record: pairedAssistanceRecord.schema });

export const pairedAssistanceStarted = defineEvent({
  ...assistance,
  name: 'started',
  data: assistanceChanged,
  when: 'A party cadre takes on a hardship household that consents.',
  why: 'A monthly care visit falls due.',
});
export const pairedAssistanceImported = defineEvent({
  ...assistance,
  name: 'imported',
  data: assistanceChanged,
  when: 'A register brings a paired assistance in, or brings changes of one in.',
  why: 'Copies follow the register.',
});
export const pairedAssistanceEnded = defineEvent({
  ...assistance,
  name: 'ended',
  data: z.strictObject({ on: day, reason: z.string().max(40), record: pairedAssistanceRecord.schema }),
  when: 'A paired assistance ends.',
  why: 'The household may be uncovered; later care visits vanish.',
});

export const homeVisitRecorded = defineEvent({
  context: 'households',
  aggregate: 'homeVisit',
  name: 'recorded',
  data: z.strictObject({
    homeVisitId: id,
    heldAt: instant,
    householdId: id,
    residentialAreaId: id,
    teamId: id.optional(),
    cadreIds: z.array(id),
    /** Whether it was a care visit to an assisted household. */
    care: z.boolean(),
    demands: z.array(demandFacts),
  }),
  when: 'A team or a cadre records a visit at a door.',
  why: 'Each demand with disposition CASE opens exactly one case; a care visit fulfils its duty.',
});
