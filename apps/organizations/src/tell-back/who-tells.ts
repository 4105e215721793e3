import { countsAs, type AssignmentFacts, type Register } from '../activity/acting-under-assignment.ts';

/**
 * Whose a tell-back is: a cadre's; or, where no cadre is left whose it would be, that of the organization in charge; nobody's
 * where no cadre ever heard it.
 */
export interface Owes {
  readonly cadreId: string | null;
  readonly organizationId: string | null;
}

/** What decides whose it is. */
export interface HeardFacts {
  /** The cadres who heard it, whoever would owe it first before others. */
  readonly heardByIds: readonly string[];
  /** The organization that it is about. */
  readonly areaId: string;
  /** The assignment under which it was heard; none for what was heard otherwise. */
  readonly underId?: string | null | undefined;
  /** The assignment of that line which holds on the day of asking; none when nobody took the contact over. */
  readonly held?: (AssignmentFacts & { readonly id: string }) | undefined;
}

/**
 * Who owes to tell the person, by the register of the day of asking. Whoever heard it, first; but a contact that has changed
 * hands takes with it what is still to be told, as it takes cases and promises (design/domain.md, handover): then it is
 * whoever heard it and contacts there still, or else who contacts there now. When none of them serves any more, or the
 * contact ended without an heir, it falls to the organization in charge: the one that holds the contact, or where it is about.
 */
export function whoOwes({ heardByIds, areaId, underId, held }: HeardFacts, register: Register): Owes {
  if (heardByIds.length === 0) return { cadreId: null, organizationId: null };
  const serves = (id: string): boolean => !register.get(id)?.hasLeft;
  const serving = heardByIds.filter(serves);
  const changedHands = Boolean(underId) && held?.id !== underId;
  const [first] = changedHands ? serving.filter((id) => held && countsAs(held, [id], register)) : serving;
  if (first) return { cadreId: first, organizationId: null };
  if (!held) return { cadreId: null, organizationId: areaId };
  const [contactorId] = held.contactorIds;
  if (held.contactorKind === 'ORGANIZATION') return { cadreId: null, organizationId: contactorId ?? areaId };
  const heir = held.contactorIds.find(serves);
  return heir ? { cadreId: heir, organizationId: null } : { cadreId: null, organizationId: areaId };
}

/** In what capacity somebody tells; the first that holds, in this order. */
export type ToldAs = 'WHO_HEARD_IT' | 'SUCCESSOR' | 'SUBSTITUTE' | 'IN_CHARGE';

/** Who would tell. */
export interface Teller {
  readonly cadreId?: string | undefined;
  /** Took part in the activity, went to the door, or recorded it. */
  readonly heardIt: boolean;
  /** Meets residents where it is about, and no cadre owes it, or it was said at a door there. */
  readonly meetsResidentsThere: boolean;
}

/** In what capacity somebody may tell by the register of the day on which they did; `undefined` for none. */
export function tellsAs(owes: Owes, teller: Teller, register: Register): ToldAs | undefined {
  if (teller.heardIt) return 'WHO_HEARD_IT';
  const { cadreId } = teller;
  const { organizationId } = owes;
  if (cadreId && cadreId === owes.cadreId) return 'SUCCESSOR';
  if (cadreId && owes.cadreId && register.get(owes.cadreId)?.substituteId === cadreId) return 'SUBSTITUTE';
  const serves = cadreId && organizationId && register.get(cadreId)?.organizationIds.includes(organizationId);
  return serves || teller.meetsResidentsThere ? 'IN_CHARGE' : undefined;
}
