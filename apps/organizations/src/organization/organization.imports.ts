import { v5 } from 'uuid';
import { z } from 'zod';
import { organizationImported, type organizationRecord, type RecordOf } from '@frontline/events';
import { importBatch, importer, ofRecord, type Ctx, type Importer } from '@frontline/platform';
import { day, id, period, validity, values } from '@frontline/platform/import-fields';
import { BranchSector, OrganizationKind, OrganizationStatus, OrganizationTree } from './organization-enums.ts';
import { rebuildPaths } from './organization-path.ts';
import { organizationRecordOf, parentsToday } from './organization-record.ts';
import { rememberTold, tellImportedTree } from './tree-today.ts';
import { refuseFacts, type LastingFacts } from './organization-facts.ts';
import { refuseWhereabouts } from './organization-location.ts';
import {
  Organization,
  OrganizationLocation,
  OrganizationName,
  OrganizationParent,
  OrganizationSuccession,
} from './organization.entity.ts';
import { placedBy, refuseImportedPlaces } from './tree-faults.ts';
import { refuseOutsideItsTime } from './tree-rules.ts';

const position = z.tuple([z.number(), z.number()]);
const whereabouts = { location: position.optional(), outline: z.array(z.array(position)).optional() };

const organizationLine = z
  .strictObject({
    id,
    code: z.string(),
    creditCode: z.string().optional(),
    kind: values(OrganizationKind),
    sector: values(BranchSector).optional(),
    names: z.array(z.strictObject({ zh: z.string().min(1), en: z.string().min(1), ...period })).min(1),
    parents: z.array(z.strictObject({ tree: values(OrganizationTree), parentId: id, ...period })).default([]),
    ...period,
    status: values(OrganizationStatus),
    ...whereabouts,
    /** Where it has been; location and outline alone are short for one that held all its time. */
    locations: z.array(z.strictObject({ ...whereabouts, ...period })).optional(),
    residents: z.int().optional(),
    areaKm2: z.number().optional(),
    successors: z
      .array(z.strictObject({ organizationId: id, on: day, residentialAreaIds: z.array(id).default([]) }))
      .default([]),
  })
  .refine(({ location, outline, locations }) => !locations || !(location ?? outline), {
    path: ['locations'],
    message: 'must be absent where location or outline say the same for all its time',
  });

interface Period {
  from: string;
  until?: string | undefined;
}

type OrganizationLine = z.output<typeof organizationLine>;

const factsOf = ({ code, creditCode, kind, sector, residents, areaKm2 }: OrganizationLine): LastingFacts => ({
  code,
  creditCode: creditCode ?? null,
  kind,
  sector: sector ?? null,
  residents: residents ?? null,
  areaKm2: areaKm2 ?? null,
});

/**
 * A time of something that ends with the organization at the latest. Only what is checked is cut off so, and not what is
 * kept: else the end of an organization would say anew what a change in the graph has said otherwise since.
 */
const whileItExists = ({ from, until }: Period, line: Period) => validity({ from, until: until ?? line.until });

/** Where it has been, with what stands before the names of these fields. */
function locationsOf({ location, outline, locations, from }: OrganizationLine) {
  const held = locations ?? (location || outline ? [{ location, outline, from }] : []);
  return held.map(({ location: centre, outline: rings, ...time }, nth) => ({
    at: locations ? `locations.${nth}.` : '',
    ...validity(time),
    longitude: centre?.[0] ?? null,
    latitude: centre?.[1] ?? null,
    outline: rings ?? null,
  }));
}

/** Refuses lines that break the rules which hold for every door, whatever else is there. */
function refuseLines(lines: readonly OrganizationLine[]): void {
  for (const [at, line] of lines.entries())
    ofRecord(at, () => {
      const organization = { ...line, ...validity(line) };
      refuseFacts(factsOf(line));
      for (const [nth, place] of line.parents.entries())
        refuseOutsideItsTime(organization, whileItExists(place, line), `parents.${nth}.from`);
      for (const { at: before, ...where } of locationsOf(line)) {
        const held = { ...where, validTo: where.validTo ?? organization.validTo };
        refuseOutsideItsTime(organization, held, `${before}from`);
        refuseWhereabouts(where, {
          longitude: `${before}location.0`,
          latitude: `${before}location.1`,
          outline: `${before}outline`,
        });
      }
    });
}

/** Organizations with their names, parents, locations and successors; the flattened trees follow in the same transaction. */
async function importOrganizations(ctx: Ctx, lines: OrganizationLine[]): Promise<void> {
  refuseLines(lines);
  const ids = lines.map((line) => line.id);
  const before = await placedBy(ctx, ids);
  const ownedBy = { property: 'organizationId', ids } as const;
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
  await importBatch(
    ctx,
    OrganizationLocation,
    lines.flatMap((line) =>
      locationsOf(line).map(({ at: _, ...location }, nth) => ({
        id: v5(`location:${nth}`, line.id),
        organizationId: line.id,
        ...location,
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
  const parents = await parentsToday(ctx, ids);
  const rows = lines.map((line) => ({
    id: line.id,
    ...factsOf(line),
    status: line.status,
    ...validity(line),
  }));
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
  await refuseImportedPlaces(ctx, lines, before);
  await rebuildPaths(ctx);
  await tellImportedTree(ctx, ids);
}

/** How an organization is brought in. */
export const organizationImporter: Importer = importer(organizationLine, importOrganizations);
