import { organizationCreated, organizationLocated, organizationMoved, organizationRenamed } from '@frontline/events';
import { changeAll, idempotently, type Ctx } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { followAreas } from '../patch/patch-followers.ts';
import type {
  CreateOrganizationInput,
  GeoPointInput,
  LocateOrganizationInput,
  MoveOrganizationInput,
  OrganizationChangeInput,
  RenameOrganizationInput,
} from './organization-change.inputs.ts';
import { Organization, OrganizationLocation, OrganizationName } from './organization.entity.ts';
import { organizationErrors } from './organization.errors.ts';
import { refuseFacts } from './organization-facts.ts';
import { isNowhere, NOWHERE, outlineOf, refuseWhereabouts, type Whereabouts } from './organization-location.ts';
import { rowFrom } from './organization-timeline.ts';
import { refuseForeignCode } from './tree-rules.ts';
import { TreeChange } from './tree-change.ts';

const MAX_NAME = 100;

/** Brings an organization into being, from a day that may lie ahead. */
export function createOrganization(ctx: Ctx, input: CreateOrganizationInput): Promise<Organization> {
  return idempotently(ctx, 'createOrganization', Organization, input, (tx) =>
    changeAll(tx, async (unit) => {
      const organization = newOrganization(input);
      const name = namesOf(input);
      const whereabouts = { ...centreOf(input.location), ...polygonOf(input.outline) };
      refuseWhereabouts(whereabouts, LOCATION_FIELDS);
      const change = await TreeChange.begin(unit);
      await refuseTakenCode(unit.ctx, input.code);
      unit.add(organization);
      unit.addOwned(
        Object.assign(new OrganizationName(), { organizationId: organization.id, validFrom: input.from, ...name }),
      );
      if (!isNowhere(whereabouts))
        Object.assign(newLocation(change, organization), { validFrom: input.from, ...whereabouts });
      if (new Set(input.parents.map(({ tree }) => tree)).size < input.parents.length)
        throw organizationErrors('organization.parents', {}, { field: 'input.parents' });
      for (const [at, { tree, parentId }] of input.parents.entries()) {
        await change.place(organization, { tree, parentId, from: input.from }, `input.parents[${at}].parentId`);
        if (tree === 'TERRITORY')
          refuseForeignCode(organization, await change.existing(parentId, input.from, 'input.parents'), 'input.code');
      }
      change.touch(organization, (record) => organizationCreated.of({ record }));
      await change.finish('input.parents');
      return organization;
    }),
  );
}

/** Gives an organization another name from a day on. */
export function renameOrganization(ctx: Ctx, input: RenameOrganizationInput): Promise<Organization> {
  return changeOrganization(ctx, 'renameOrganization', input, async (change) => {
    const name = namesOf(input);
    const organization = await change.existing(input.organizationId, input.from, 'input.from');
    const rows = await change.ctx.em.find(OrganizationName, { organizationId: organization.id });
    const row = rowFrom(rows, input.from, () => {
      const fresh = Object.assign(new OrganizationName(), { organizationId: organization.id });
      change.unit.addOwned(fresh);
      return fresh;
    });
    Object.assign(row, name);
    change.tell(organization, (record) => organizationRenamed.of({ on: input.from, record }));
    await change.finish('input.organizationId');
    return organization;
  });
}

/** Gives an organization another centre or outline from a day on; of the two, what the input doesn't name stays. */
export function locateOrganization(ctx: Ctx, input: LocateOrganizationInput): Promise<Organization> {
  const { location, outline, from } = input;
  if (location === undefined && outline === undefined)
    throw organizationErrors('organization.noLocation', {}, { field: 'input' });
  const given = { ...(location !== undefined && centreOf(location)), ...(outline !== undefined && polygonOf(outline)) };
  refuseWhereabouts({ ...NOWHERE, ...given }, LOCATION_FIELDS);
  return changeOrganization(ctx, 'locateOrganization', input, async (change) => {
    const organization = await change.existing(input.organizationId, from, 'input.from');
    const rows = await change.ctx.em.find(OrganizationLocation, { organizationId: organization.id });
    const before = rows.find((row) => row.holdsOn(from)) ?? NOWHERE;
    const { longitude, latitude, outline: polygon } = before;
    const row = rowFrom(rows, from, () => newLocation(change, organization));
    row.validTo ??= organization.validTo ?? null;
    Object.assign(row, { longitude, latitude, outline: polygon, ...given });
    change.tell(organization, (record) => organizationLocated.of({ on: from, record }));
    await change.finish('input.organizationId');
    return organization;
  });
}

/** Puts an organization under another one from a day on; everything below moves along. */
export function moveOrganization(ctx: Ctx, input: MoveOrganizationInput): Promise<Organization> {
  return changeOrganization(ctx, 'moveOrganization', input, async (change) => {
    const { tree, parentId = null, from } = input;
    const organization = await change.existing(input.organizationId, from, 'input.from');
    await change.place(organization, { tree, parentId, from }, 'input.parentId');
    change.touch(organization, (record) =>
      organizationMoved.of({ tree, ...(parentId && { parentId }), on: from, record }),
    );
    const isArea = tree === 'TERRITORY' && organization.kind === 'RESIDENTIAL_AREA';
    const followed = isArea ? await followAreas(change.unit, new Map([[organization.id, parentId]]), from) : [];
    await change.finish('input.parentId');
    await regenerateDuties(change.ctx, { assignmentIds: followed });
    return organization;
  });
}

/** A change of one organization that a client saw, once for its key. */
export function changeOrganization<I extends OrganizationChangeInput>(
  ctx: Ctx,
  operation: string,
  input: I,
  work: (change: TreeChange) => Promise<Organization>,
): Promise<Organization> {
  const { expectedVersion = null, organizationId } = input;
  return idempotently(ctx, operation, Organization, input, (tx) =>
    changeAll(tx, async (unit) => {
      const change = await TreeChange.begin(unit);
      await unit.load(Organization, organizationId, { expectedVersion, field: 'input.organizationId' });
      await refuseForeignRecord(unit.ctx, Organization, organizationId, 'input.organizationId');
      return work(change);
    }),
  );
}

/** How inputs call a centre and an outline. */
const LOCATION_FIELDS = {
  longitude: 'input.location.longitude',
  latitude: 'input.location.latitude',
  outline: 'input.outline',
};

const centreOf = (location?: GeoPointInput | null): Pick<Whereabouts, 'longitude' | 'latitude'> => ({
  longitude: location?.longitude ?? null,
  latitude: location?.latitude ?? null,
});

const polygonOf = (rings?: GeoPointInput[][] | null): Pick<Whereabouts, 'outline'> => ({
  outline: rings ? outlineOf(rings) : null,
});

function newLocation({ unit }: TreeChange, { id: organizationId }: Organization): OrganizationLocation {
  const fresh = Object.assign(new OrganizationLocation(), { organizationId });
  unit.addOwned(fresh);
  return fresh;
}

function newOrganization(input: CreateOrganizationInput): Organization {
  const { code, creditCode = null, kind, sector = null, from, residents = null, areaKm2 = null } = input;
  const facts = { code, creditCode, kind, sector, residents, areaKm2 };
  refuseFacts(facts, 'input.');
  return Object.assign(new Organization(), { ...facts, status: 'ACTIVE' as const, validFrom: from, validTo: null });
}

function namesOf({ nameZh, nameEn }: { nameZh: string; nameEn: string }): { zh: string; en: string } {
  const checked = (name: string, field: string): string => {
    const text = name.trim();
    if (text.length === 0 || text.length > MAX_NAME)
      throw organizationErrors('organization.name', { max: MAX_NAME }, { field });
    return text;
  };
  return { zh: checked(nameZh, 'input.nameZh'), en: checked(nameEn, 'input.nameEn') };
}

async function refuseTakenCode(ctx: Ctx, code: string): Promise<void> {
  if ((await ctx.em.count(Organization, { code })) > 0)
    throw organizationErrors('organization.codeTaken', {}, { field: 'input.code' });
}
