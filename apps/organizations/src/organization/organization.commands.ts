import { organizationCreated, organizationMoved, organizationRenamed } from '@frontline/events';
import { changeAll, idempotently, type Ctx } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { followAreas } from '../patch/patch-followers.ts';
import { isCreditCode } from './credit-code.ts';
import { liesUnder, officialCodeProblem } from './official-code.ts';
import type {
  CreateOrganizationInput,
  MoveOrganizationInput,
  OrganizationChangeInput,
  RenameOrganizationInput,
} from './organization-change.inputs.ts';
import { Organization, OrganizationName } from './organization.entity.ts';
import { organizationErrors } from './organization.errors.ts';
import { impossibleMeasure, measures } from './organization-measures.ts';
import { rowFrom } from './organization-timeline.ts';
import { TreeChange } from './tree-change.ts';

const MAX_NAME = 100;

/** Brings an organization into being, from a day that may lie ahead. */
export function createOrganization(ctx: Ctx, input: CreateOrganizationInput): Promise<Organization> {
  return idempotently(ctx, 'createOrganization', Organization, input, (tx) =>
    changeAll(tx, async (unit) => {
      const organization = newOrganization(input);
      const name = namesOf(input);
      const change = await TreeChange.begin(unit);
      await refuseTakenCode(unit.ctx, input.code);
      unit.add(organization);
      unit.addOwned(
        Object.assign(new OrganizationName(), { organizationId: organization.id, validFrom: input.from, ...name }),
      );
      if (new Set(input.parents.map(({ tree }) => tree)).size < input.parents.length)
        throw organizationErrors('organization.parents', {}, { field: 'input.parents' });
      for (const [at, { tree, parentId }] of input.parents.entries()) {
        await change.place(organization, { tree, parentId, from: input.from }, `input.parents[${at}].parentId`);
        if (tree === 'TERRITORY') await refuseForeignCode(change, input, parentId);
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
    change.touch(organization, (record) => organizationRenamed.of({ on: input.from, record }));
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

function newOrganization(input: CreateOrganizationInput): Organization {
  const { code, creditCode = null, kind, sector = null, from, location, residents = null, areaKm2 = null } = input;
  const rule = officialCodeProblem(kind, code);
  if (rule) throw organizationErrors('organization.code', { rule }, { field: 'input.code' });
  if (creditCode !== null && !isCreditCode(creditCode))
    throw organizationErrors('organization.creditCode', {}, { field: 'input.creditCode' });
  if ((kind === 'PARTY_BRANCH') !== (sector !== null))
    throw organizationErrors('organization.sector', {}, { field: 'input.sector' });
  const wrong = impossibleMeasure({ ...location, residents, areaKm2 });
  if (wrong) {
    const field = `input.${wrong === 'longitude' || wrong === 'latitude' ? 'location.' : ''}${wrong}`;
    throw organizationErrors('organization.measure', measures[wrong], { field });
  }
  return Object.assign(new Organization(), {
    code,
    creditCode,
    kind,
    sector,
    status: 'ACTIVE' as const,
    validFrom: from,
    validTo: null,
    longitude: location?.longitude ?? null,
    latitude: location?.latitude ?? null,
    outline: null,
    residents,
    areaKm2,
  });
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

/** A new territory's code lies under its parent's; one that moves later keeps its code. */
async function refuseForeignCode(change: TreeChange, input: CreateOrganizationInput, parentId: string): Promise<void> {
  if (!['SUBDISTRICT', 'TOWN', 'RESIDENTIAL_AREA'].includes(input.kind)) return;
  const parent = await change.existing(parentId, input.from, 'input.parents');
  if (!liesUnder(input.code, parent.code))
    throw organizationErrors(
      'organization.code',
      { rule: `the code begins with that of its parent, ${parent.code}` },
      { field: 'input.code' },
    );
}
