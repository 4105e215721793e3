/** Every role of the platform; what each may do stands in the table “Who may do what” of the design and in the rules beside it. */
export const ROLES = [
  'GRID_WORKER',
  'CADRE',
  'SUBDISTRICT',
  'DEPARTMENT',
  'DISPATCH_CENTRE',
  'FRONTLINE_OFFICE',
  'INSPECTION',
  'ORG_DEPARTMENT',
  'LEADER',
  'AUDITOR',
  'PARTNER',
  'ADMIN',
] as const;

/** What somebody may do; always together with a place. */
export type Role = (typeof ROLES)[number];

/** A role and the organization (its id) within which it holds; without a place it holds in the whole district, or nowhere if it is one of places. */
export interface Grant {
  readonly role: Role;
  readonly place?: string;
}

/** Who is asking. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly sub: string; readonly cadreId?: string; readonly grants: readonly Grant[] }
  /** One of our own services, answering an event or reading a peer's snapshot. */
  | { readonly kind: 'system'; readonly service: string };

/** Who may read a field or call a mutation; rows are decided apart, by place. */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'system' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] };

/** Everybody, anonymous included. */
export const PUBLIC: AccessRule = { kind: 'public' };
/** Whoever has a valid token, whatever their roles. */
export const SIGNED_IN: AccessRule = { kind: 'signedIn' };
/** Our own services only. */
export const SYSTEM: AccessRule = { kind: 'system' };

/** Whoever holds one of these roles, at any place. */
export function roles(...list: Role[]): AccessRule {
  return { kind: 'roles', roles: list };
}

/** Everyone in the district's service: any role but PARTNER. */
export const STAFF: AccessRule = roles(...ROLES.filter((role) => role !== 'PARTNER'));

/** Roles that read every row of the district (personal data stays masked for them). */
export const READS_DISTRICT: readonly Role[] = [
  'DISPATCH_CENTRE',
  'FRONTLINE_OFFICE',
  'INSPECTION',
  'ORG_DEPARTMENT',
  'LEADER',
  'AUDITOR',
];

/** Whether a rule lets an actor through. Services pass every rule: they decide nothing on somebody's behalf without naming the actor. */
export function allows(rule: AccessRule, actor: Actor): boolean {
  if (rule.kind === 'public') return true;
  if (actor.kind === 'anonymous') return false;
  if (actor.kind === 'system') return true;
  if (rule.kind === 'system') return false;
  return rule.kind === 'signedIn' || actor.grants.some(({ role }) => rule.roles.includes(role));
}
