import { ofRecord, sql, type Ctx } from '@frontline/platform';
import { organizationErrors } from './organization.errors.ts';
import { firstInCircle } from './organization-path.ts';
import { canSucceed } from './tree-places.ts';
import { refuseForeignCode, refusePlace, type PlacedOrganization } from './tree-rules.ts';
import type { OrganizationTree } from './organization-enums.ts';

interface Period {
  from: string;
  until?: string | undefined;
}

/** What a line of an import says of the trees. */
export interface TreeLine {
  id: string;
  parents: readonly ({ tree: OrganizationTree; parentId: string } & Period)[];
  successors: readonly { organizationId: string }[];
}

/**
 * Refuses an import whose organizations, saved by now and not yet committed, stand where they may not: the rules that a
 * change of the trees keeps. `before` are those that were there before: what moves keeps its code. Whoever takes over may
 * come in a later line.
 */
export async function refuseImportedPlaces(
  ctx: Ctx,
  lines: readonly TreeLine[],
  before: ReadonlyMap<string, PlacedOrganization>,
): Promise<void> {
  const known = await placedBy(
    ctx,
    lines.flatMap(({ id, parents, successors }) => [
      id,
      ...parents.map(({ parentId }) => parentId),
      ...successors.map(({ organizationId }) => organizationId),
    ]),
  );
  for (const [at, line] of lines.entries()) ofRecord(at, () => refuseLine(line, known, !before.has(line.id)));
  const circular = await firstInCircle(
    ctx,
    lines.map(({ id }) => id),
  );
  if (!circular) return;
  ofRecord(
    lines.findIndex(({ id }) => id === circular),
    () => {
      throw organizationErrors('organization.cycle', {}, { field: 'parents' });
    },
  );
}

function refuseLine(
  { id, parents, successors }: TreeLine,
  known: ReadonlyMap<string, PlacedOrganization>,
  isNew: boolean,
): void {
  const organization = known.get(id) as PlacedOrganization;
  for (const [nth, { tree, parentId, from, until }] of parents.entries()) {
    const [field, time] = [
      `parents.${nth}.parentId`,
      { validFrom: from, validTo: until ?? organization.validTo ?? null },
    ];
    const parent = known.get(parentId);
    if (!parent) throw organizationErrors('organization.noParent', { id: parentId }, { field });
    refusePlace(organization, parent, { tree, ...time }, field);
  }
  const inTerritory = parents.filter(({ tree }) => tree === 'TERRITORY').sort((a, b) => (a.from < b.from ? -1 : 1));
  const first = known.get(inTerritory[0]?.parentId ?? '');
  if (first && isNew) refuseForeignCode(organization, first, 'code');
  for (const [nth, { organizationId }] of successors.entries()) {
    const successor = known.get(organizationId);
    if (successor && (successor.id === id || !canSucceed(organization.kind, successor.kind)))
      throw organizationErrors(
        'organization.successor',
        { kind: organization.kind },
        { field: `successors.${nth}.organizationId` },
      );
  }
}

/** Organizations with the days of their existence, by id; whoever is unknown is absent. */
export async function placedBy(ctx: Ctx, ids: readonly string[]): Promise<Map<string, PlacedOrganization>> {
  const { rows } = await sql<PlacedOrganization>`
    select id, code, kind, valid_from::text as "validFrom", valid_to::text as "validTo" from organization
    where id = any(${[...new Set(ids)]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(rows.map((row) => [row.id, row]));
}
