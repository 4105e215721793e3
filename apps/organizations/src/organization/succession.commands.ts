import { organizationDissolved, organizationMerged, organizationMoved, organizationSplit } from '@frontline/events';
import { changeAll, idempotently, type Ctx } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { followBranches } from '../branch-pairing/branch-pairing.commands.ts';
import { endContactsOf, followSuccession } from '../contact-assignment/assignment-followers.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { followAreas } from '../patch/patch-followers.ts';
import type {
  DissolveOrganizationInput,
  MergeOrganizationsInput,
  SplitOrganizationInput,
} from './organization-change.inputs.ts';
import { changeOrganization } from './organization.commands.ts';
import { Organization, OrganizationSuccession, type OrganizationParent } from './organization.entity.ts';
import { organizationErrors } from './organization.errors.ts';
import { canSucceed, mainPart } from './tree-places.ts';
import { TreeChange } from './tree-change.ts';

/** Organizations that one merger or split names. */
const MAX_PARTS = 20;

interface Child {
  row: OrganizationParent;
  child: Organization;
}

/** Gives residential areas of an organization to others from a day on; the rest goes on, or nothing is left of it. */
export function splitOrganization(ctx: Ctx, input: SplitOrganizationInput): Promise<Organization> {
  return changeOrganization(ctx, 'splitOrganization', input, async (change) => {
    const { on, parts, continues } = input;
    refuseParts(
      parts.map(({ successorId }) => successorId),
      'input.parts',
    );
    const organization = await change.existing(input.organizationId, on, 'input.on');
    const children = await change.below(organization.id, on);
    const areas = new Map(children.filter(isAreaOn(on)).map((each) => [each.child.id, each]));
    const moves = new Map<string, string>();
    for (const [at, { successorId, residentialAreaIds }] of parts.entries()) {
      const field = `input.parts[${at}]`;
      const successor = await successorOf(change, organization, successorId, on, `${field}.successorId`);
      for (const [nth, areaId] of residentialAreaIds.entries()) {
        moves.set(areaId, successorId);
        const given = areas.get(areaId);
        if (!given) throw notItsArea(children, areaId, on, `${field}.residentialAreaIds[${nth}]`);
        areas.delete(areaId);
        await hand(change, given, successor, on, `${field}.residentialAreaIds[${nth}]`);
      }
      addSuccession(change, organization.id, successor.id, on, residentialAreaIds);
    }
    if (continues && areas.size === 0)
      throw organizationErrors('organization.nothingLeft', {}, { field: 'input.continues' });
    const followed = await followAreas(change.unit, moves, on);
    if (!continues) {
      if (areas.size > 0)
        throw organizationErrors('organization.areaLeft', { count: areas.size }, { field: 'input.parts' });
      const heir = mainPart(parts).successorId;
      const rest = children.filter(({ row }) => row.parentId === organization.id && !isEndedBy(row, on));
      const successor = await change.existing(heir, on, 'input.parts');
      for (const each of rest) await hand(change, each, successor, on, 'input.parts');
      await change.end(organization, 'MERGED', on);
      const heirs = new Map([[organization.id, successor.id]]);
      followed.push(...(await followSuccession(change.unit, heirs, on)));
      await followBranches(change.unit, heirs, on);
    }
    change.touch(organization, (record) =>
      organizationSplit.of({
        on,
        continues,
        parts: parts.map(({ successorId, residentialAreaIds }) => ({ successorId, residentialAreaIds })),
        record,
      }),
    );
    await change.finish('input.parts');
    await regenerateDuties(change.ctx, { assignmentIds: followed });
    return organization;
  });
}

/** Lets one organization take over others whole from a day on; gives the successor. */
export function mergeOrganizations(ctx: Ctx, input: MergeOrganizationsInput): Promise<Organization> {
  const { expectedVersion = null, successorId, organizationIds, on } = input;
  return idempotently(ctx, 'mergeOrganizations', Organization, input, (tx) =>
    changeAll(tx, async (unit) => {
      const change = await TreeChange.begin(unit);
      const successor = await unit.load(Organization, successorId, { expectedVersion, field: 'input.successorId' });
      refuseParts([...organizationIds, successorId], 'input.organizationIds');
      const moves = new Map<string, string | null>();
      for (const [at, id] of organizationIds.entries()) {
        const field = `input.organizationIds[${at}]`;
        const organization = await change.existing(id, on, field);
        await refuseForeignRecord(unit.ctx, Organization, id, field);
        await successorOf(change, organization, successorId, on, 'input.successorId');
        const children = await change.below(id, on);
        const residentialAreaIds = children.filter(isAreaOn(on)).map(({ child }) => child.id);
        for (const areaId of residentialAreaIds) moves.set(areaId, successorId);
        if (organization.kind === 'RESIDENTIAL_AREA') moves.set(id, null);
        for (const each of children) await hand(change, each, successor, on, field);
        addSuccession(change, id, successorId, on, residentialAreaIds);
        await change.end(organization, 'MERGED', on);
        change.touch(organization, (record) => organizationMerged.of({ on, successorId, residentialAreaIds, record }));
      }
      const heirs = new Map(organizationIds.map((id) => [id, successorId]));
      const followed = await followSuccession(change.unit, heirs, on);
      await followBranches(change.unit, heirs, on);
      followed.push(...(await followAreas(change.unit, moves, on, heirs)));
      await change.finish('input.organizationIds');
      await regenerateDuties(change.ctx, { assignmentIds: followed });
      return successor;
    }),
  );
}

/** Ends an organization without a successor; nothing may stand under it then or later. */
export function dissolveOrganization(ctx: Ctx, input: DissolveOrganizationInput): Promise<Organization> {
  return changeOrganization(ctx, 'dissolveOrganization', input, async (change) => {
    const { on } = input;
    const organization = await change.existing(input.organizationId, on, 'input.on');
    const { length: count } = await change.below(organization.id, on);
    if (count > 0) throw organizationErrors('organization.notEmpty', { count }, { field: 'input.organizationId' });
    await change.end(organization, 'DISSOLVED', on);
    const ended = await endContactsOf(change.unit, organization.id, on);
    await followBranches(change.unit, new Map([[organization.id, null]]), on);
    ended.push(...(await followAreas(change.unit, new Map([[organization.id, null]]), on)));
    change.touch(organization, (record) => organizationDissolved.of({ on, record }));
    await change.finish('input.organizationId');
    await regenerateDuties(change.ctx, { assignmentIds: ended });
    return organization;
  });
}

/** Moves what stood under one organization under another; a place that was to begin later begins there. */
async function hand(
  change: TreeChange,
  { row, child }: Child,
  successor: Organization,
  on: string,
  field: string,
): Promise<void> {
  const from = row.validFrom > on ? row.validFrom : on;
  const { tree } = row;
  await change.place(child, { tree, parentId: successor.id, from }, field);
  change.touch(child, (record) => organizationMoved.of({ tree, parentId: successor.id, on: from, record }));
}

async function successorOf(
  change: TreeChange,
  organization: Organization,
  successorId: string,
  on: string,
  field: string,
): Promise<Organization> {
  const successor = await change.existing(successorId, on, field);
  if (successor.id === organization.id || !canSucceed(organization.kind, successor.kind))
    throw organizationErrors('organization.successor', { kind: organization.kind }, { field });
  return successor;
}

function addSuccession(
  change: TreeChange,
  organizationId: string,
  successorId: string,
  on: string,
  residentialAreaIds: string[],
): void {
  change.unit.addOwned(
    Object.assign(new OrganizationSuccession(), {
      organizationId,
      successorId,
      residentialAreaIds,
      validFrom: on,
      validTo: null,
    }),
  );
}

const isEndedBy = (row: OrganizationParent, on: string): boolean => Boolean(row.validTo && row.validTo <= on);

const isAreaOn =
  (on: string) =>
  ({ row, child }: Child): boolean =>
    row.tree === 'TERRITORY' && row.validFrom <= on && child.kind === 'RESIDENTIAL_AREA';

function notItsArea(children: readonly Child[], areaId: string, on: string, field: string) {
  const known = children.filter(isAreaOn(on)).some(({ child }) => child.id === areaId);
  return organizationErrors(known ? 'organization.areaTwice' : 'organization.notItsArea', {}, { field });
}

function refuseParts(ids: readonly string[], field: string): void {
  if (ids.length === 0 || ids.length > MAX_PARTS || new Set(ids).size < ids.length)
    throw organizationErrors('organization.parts', { max: MAX_PARTS }, { field });
}
