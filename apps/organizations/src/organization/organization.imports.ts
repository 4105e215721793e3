import { v5 } from 'uuid';
import { z } from 'zod';
import { organizationImported, type organizationRecord, type RecordOf } from '@frontline/events';
import { importBatch, importer, type Ctx, type Importer } from '@frontline/platform';
import { day, id, period, validity, values } from '@frontline/platform/import-fields';
import { isCreditCode } from './credit-code.ts';
import { officialCodeProblem } from './official-code.ts';
import { BranchSector, OrganizationKind, OrganizationStatus, OrganizationTree } from './organization-enums.ts';
import { rebuildPaths } from './organization-path.ts';
import { organizationRecordOf, parentsToday } from './organization-record.ts';
import { rememberTold, tellImportedTree } from './tree-today.ts';
import { Organization, OrganizationName, OrganizationParent, OrganizationSuccession } from './organization.entity.ts';

const organizationLine = z
  .strictObject({
    id,
    code: z.string(),
    creditCode: z
      .string()
      .refine(isCreditCode, 'must be a unified social credit code with the right check character (GB 32100)')
      .optional(),
    kind: values(OrganizationKind),
    sector: values(BranchSector).optional(),
    names: z.array(z.strictObject({ zh: z.string().min(1), en: z.string().min(1), ...period })).min(1),
    parents: z.array(z.strictObject({ tree: values(OrganizationTree), parentId: id, ...period })).default([]),
    ...period,
    status: values(OrganizationStatus),
    location: z.tuple([z.number(), z.number()]).optional(),
    outline: z.array(z.array(z.tuple([z.number(), z.number()]))).optional(),
    residents: z.int().nonnegative().optional(),
    areaKm2: z.number().positive().optional(),
    successors: z
      .array(z.strictObject({ organizationId: id, on: day, residentialAreaIds: z.array(id).default([]) }))
      .default([]),
  })
  .superRefine(({ kind, code }, context) => {
    const problem = officialCodeProblem(kind, code);
    if (problem) context.addIssue({ code: 'custom', path: ['code'], message: problem });
  });

/** Organizations with their names, parents and successors; the flattened trees follow in the same transaction. */
async function importOrganizations(ctx: Ctx, lines: z.output<typeof organizationLine>[]): Promise<void> {
  const ownedBy = { property: 'organizationId', ids: lines.map((line) => line.id) } as const;
  await importBatch(
    ctx,
    OrganizationName,
    lines.flatMap((line) =>
      line.names.map(({ zh, en, ...held }, at) => ({
        id: v5(`name:${at}`, line.id),
        organizationId: line.id,
        zh,
        en,
        ...validity(held),
      })),
    ),
    { ownedBy },
  );
  const placed = await importBatch(
    ctx,
    OrganizationParent,
    lines.flatMap((line) =>
      line.parents.map(({ tree, parentId, ...held }, at) => ({
        id: v5(`parent:${at}`, line.id),
        organizationId: line.id,
        tree,
        parentId,
        ...validity(held),
      })),
    ),
    { ownedBy },
  );
  const succeeded = await importBatch(
    ctx,
    OrganizationSuccession,
    lines.flatMap((line) =>
      line.successors.map(({ organizationId: successorId, on, residentialAreaIds }, at) => ({
        id: v5(`successor:${at}`, line.id),
        organizationId: line.id,
        successorId,
        residentialAreaIds,
        validFrom: on,
        validTo: null,
      })),
    ),
    { ownedBy },
  );
  const parents = await parentsToday(
    ctx,
    lines.map((line) => line.id),
  );
  const rows = lines.map(
    ({
      id: organizationId,
      code,
      creditCode,
      kind,
      sector,
      status,
      location,
      outline,
      residents,
      areaKm2,
      from,
      until,
    }) => ({
      id: organizationId,
      code,
      creditCode: creditCode ?? null,
      kind,
      sector: sector ?? null,
      status,
      longitude: location?.[0] ?? null,
      latitude: location?.[1] ?? null,
      outline: outline ?? null,
      residents: residents ?? null,
      areaKm2: areaKm2 ?? null,
      ...validity({ from, until }),
    }),
  );
  const told: RecordOf<typeof organizationRecord>[] = [];
  const done = await importBatch(ctx, Organization, rows, {
    fact: (row) => {
      const record = organizationRecordOf(row as (typeof rows)[number], parents, ctx.today());
      told.push(record);
      return organizationImported.of({ record });
    },
  });
  await rememberTold(ctx, told, 0);
  const moved = [done, placed, succeeded].some(({ inserted, updated, removed }) => inserted + updated + removed > 0);
  if (!moved) return;
  await rebuildPaths(ctx);
  await tellImportedTree(
    ctx,
    lines.map((line) => line.id),
  );
}

/** How an organization is brought in. */
export const organizationImporter: Importer = importer(organizationLine, importOrganizations);
