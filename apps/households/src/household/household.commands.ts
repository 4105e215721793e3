import { z } from 'zod';
import { householdImported } from '@frontline/events';
import { importBatch, personalDataCipher, refuseUnknown, type Ctx } from '@frontline/platform';
import { code, day, id, name, validity, values } from '@frontline/platform/import-fields';
import { HardshipCertificate, Household, Resident } from './household.entity.ts';
import { HardshipCategory, HardshipLevel, Sex } from './household-enums.ts';
import { headProblem } from './household-head.ts';

const residentLine = z.strictObject({
  id,
  name,
  sex: values(Sex),
  birthYear: z.number().int().min(1880).max(2100),
  isHead: z.boolean(),
  phone: z.string().trim().min(3).max(30).optional(),
});

const hardshipLine = z.strictObject({
  id,
  category: values(HardshipCategory),
  level: values(HardshipLevel),
  authority: name,
  evidence: z.string().trim().min(1).max(1000),
  since: day,
  until: day.optional(),
  reviewOn: day,
  source: z.string().trim().min(1).max(60),
});

/** A household as the register gives it, with who lives there and what hardship is certified. */
export const householdLine = z.strictObject({
  id,
  code,
  address: z.string().trim().min(1).max(300),
  residentialAreaId: id,
  gridId: id,
  from: day,
  residents: z.array(residentLine).superRefine((residents, context) => {
    const problem = headProblem(residents);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
  hardship: z.array(hardshipLine).default([]),
});

type HouseholdLine = z.output<typeof householdLine>;

/** Brings households in; their grids must be there. Others are told where a household belongs, never who lives in it. */
export async function importHouseholds(ctx: Ctx, lines: HouseholdLine[]): Promise<void> {
  await refuseUnknown(
    ctx,
    'grid',
    lines.map(({ gridId }) => gridId),
    'household.gridId',
  );
  const { blindIndex } = personalDataCipher();
  const rows = lines.map(({ residents: _residents, hardship: _hardship, from, ...household }) => ({
    ...household,
    addressIndex: blindIndex(household.address),
    ...validity({ from }),
  }));
  await importBatch(ctx, Household, rows, {
    fact: ({ id: householdId, code: householdCode, residentialAreaId, gridId }) =>
      householdImported.of({
        record: {
          id: householdId,
          code: householdCode as string,
          residentialAreaId: residentialAreaId as string,
          gridId: gridId as string,
        },
      }),
  });
  const ownedBy = { property: 'householdId', ids: lines.map(({ id: householdId }) => householdId) } as const;
  await importBatch(ctx, Resident, lines.flatMap(residentRows), { ownedBy });
  await importBatch(ctx, HardshipCertificate, lines.flatMap(hardshipRows), { ownedBy });
}

function residentRows({ id: householdId, residents }: HouseholdLine) {
  const { blindIndex } = personalDataCipher();
  return residents.map(({ phone, ...resident }) => ({
    ...resident,
    householdId,
    nameIndex: blindIndex(resident.name),
    phone: phone ?? null,
    phoneIndex: phone ? blindIndex(phone) : null,
  }));
}

function hardshipRows({ id: householdId, hardship }: HouseholdLine) {
  return hardship.map(({ since, until, ...certificate }) => ({
    ...certificate,
    householdId,
    ...validity({ from: since, until }),
  }));
}
