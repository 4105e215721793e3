import {
  checkedId,
  connect,
  connectUnder,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { ContactAssignment } from './contact-assignment.entity.ts';
import type { AssignmentsOnArgs, ContactAssignmentsArgs } from './contact-assignment.inputs.ts';

const order = [['t.valid_from', 'asc']] as const;
const ofScheme = (scheme: string | null | undefined): Sql | undefined =>
  scheme ? sql`t.scheme = ${scheme}` : undefined;

/** Assignments by filter. */
export function contactAssignments(
  ctx: Ctx,
  { filter, ...page }: ContactAssignmentsArgs,
): Promise<Connection<ContactAssignment>> {
  const day = filter?.on ?? ctx.today();
  const contactor = filter?.contactorId && checkedId(filter.contactorId, 'filter.contactorId');
  return connect(ctx, ContactAssignment, page, {
    where: [
      validOn('t', day),
      ofScheme(filter?.scheme),
      contactor ? sql`(t.contactor_id = ${contactor} or t.co_contactor_ids @> array[${contactor}]::uuid[])` : undefined,
      filter?.targetId ? sql`t.target_id = ${checkedId(filter.targetId, 'filter.targetId')}` : undefined,
      filter?.targetWithin
        ? sql`exists (select 1 from organization_path op where op.descendant_id = t.place_id and op.ancestor_id = ${checkedId(filter.targetWithin, 'filter.targetWithin')} and ${validOn('op', day)})`
        : undefined,
    ],
    order,
  });
}

/** Assignments of a scheme on a day. */
export function assignmentsOfScheme(
  ctx: Ctx,
  schemeId: string,
  args: AssignmentsOnArgs,
): Promise<Connection<ContactAssignment>> {
  return connectUnder(ctx, ContactAssignment, schemeId, args, {
    join: sql`join contact_scheme s on s.code = t.scheme`,
    parent: sql.ref('s.id'),
    where: [validOn('t', args.on ?? ctx.today()), ofScheme(args.scheme)],
    order,
  });
}

/** Assignments that a cadre or organization holds on a day, alone or with others. */
export function assignmentsOfContactor(
  ctx: Ctx,
  contactorId: string,
  args: AssignmentsOnArgs,
): Promise<Connection<ContactAssignment>> {
  return connectUnder(ctx, ContactAssignment, contactorId, args, {
    parent: (id) => sql`(t.contactor_id = ${id} or t.co_contactor_ids @> array[${id}])`,
    where: [validOn('t', args.on ?? ctx.today()), ofScheme(args.scheme)],
    order,
  });
}

/** Assignments that reach an organization on a day: its contacts, alone or as an area of a patch. */
export function contactsOf(
  ctx: Ctx,
  organizationId: string,
  args: AssignmentsOnArgs,
): Promise<Connection<ContactAssignment>> {
  const day = args.on ?? ctx.today();
  return connectUnder(ctx, ContactAssignment, organizationId, args, {
    join: sql`join contact_reach reach on reach.assignment_id = t.id`,
    parent: sql.ref('reach.organization_id'),
    where: [validOn('reach', day), ofScheme(args.scheme)],
    order,
  });
}

/** Assignments by which a patch is held on a day. */
export function contactsOfPatch(
  ctx: Ctx,
  patchId: string,
  args: AssignmentsOnArgs,
): Promise<Connection<ContactAssignment>> {
  return connectUnder(ctx, ContactAssignment, patchId, args, {
    parent: sql.ref('t.target_id'),
    where: [validOn('t', args.on ?? ctx.today()), ofScheme(args.scheme)],
    order,
  });
}
