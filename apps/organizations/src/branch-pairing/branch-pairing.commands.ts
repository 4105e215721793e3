import { changeAll, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { Organization } from '../organization/organization.entity.ts';
import { BranchPairing } from './branch-pairing.entity.ts';
import { pairingErrors } from './branch-pairing.errors.ts';
import type { EndPairingInput, PairBranchesInput } from './branch-pairing.inputs.ts';
import { canPair, overlap, type Held } from './pairing-rules.ts';

const MAX_REASON = 500;

/** Pairs two branches from a day on. Throws what is wrong with either, with the days, or that they are paired then. */
export function pairBranches(ctx: Ctx, input: PairBranchesInput): Promise<BranchPairing> {
  const { branchId, partnerId, from, until = null } = input;
  const reason = input.reason.trim();
  if (reason.length === 0 || reason.length > MAX_REASON)
    throw pairingErrors('branchPairing.reason', { max: MAX_REASON }, { field: 'input.reason' });
  if (until !== null && until <= from) throw pairingErrors('branchPairing.period', { from }, { field: 'input.until' });
  return idempotently(ctx, 'pairBranches', BranchPairing, input, (tx) =>
    changeAll(tx, async (unit) => {
      const time = { validFrom: from, validTo: until };
      const branch = await unit.load(Organization, branchId, { field: 'input.branchId' });
      if (!canPair(branch, 'BRANCH', time))
        throw pairingErrors('branchPairing.branch', {}, { field: 'input.branchId' });
      const partner = await unit.load(Organization, partnerId, { field: 'input.partnerId' });
      if (!canPair(partner, 'PARTNER', time))
        throw pairingErrors('branchPairing.partner', {}, { field: 'input.partnerId' });
      await refuseDuplicate(unit, { branchId: branch.id, partnerId: partner.id, ...time });
      const pairing = Object.assign(new BranchPairing(), {
        branchId: branch.id,
        partnerId: partner.id,
        ...time,
        plan: null,
        reason,
        endReason: null,
      });
      return unit.add(pairing, pairing.paired());
    }),
  );
}

/** Ends a pairing on a day; one that ends then or earlier already is refused. Its plans stay, to be reviewed. */
export function endPairing(ctx: Ctx, input: EndPairingInput): Promise<BranchPairing> {
  const { pairingId, expectedVersion = null, on, reason } = input;
  return idempotently(ctx, 'endPairing', BranchPairing, input, (tx) =>
    changeAll(tx, async (unit) => {
      const pairing = await unit.load(BranchPairing, pairingId, { expectedVersion, field: 'input.pairingId' });
      const facts = pairing.end(on, reason);
      if (facts.length === 0)
        throw pairingErrors('branchPairing.ended', { on: pairing.validTo }, { field: 'input.on' });
      unit.emit(pairing, ...facts);
      return pairing;
    }),
  );
}

/**
 * Pairings follow branches to their successors from a day on; what was before stays with the old ones. `successors` names
 * for each branch that ends who goes on for it, or `null` when nobody does: then its pairings end. So do those whose
 * successor is of a sector that has no place there, or is paired with the other one already.
 */
export async function followBranches(
  unit: Unit,
  successors: ReadonlyMap<string, string | null>,
  on: string,
): Promise<void> {
  const ending = [...successors.keys()];
  const heirs = [...successors.values()].filter((id) => id !== null);
  const concerned = [...ending, ...heirs];
  const open = (
    await unit.loadAll(BranchPairing, {
      $or: [{ branchId: { $in: concerned } }, { partnerId: { $in: concerned } }],
    })
  ).filter(({ validTo }) => !validTo || validTo > on);
  const standing = open.filter(({ branchId, partnerId }) => !ending.includes(branchId) && !ending.includes(partnerId));
  for (const pairing of open.filter((each) => !standing.includes(each))) {
    const { branchId, partnerId, validFrom, validTo = null, reason = null } = pairing;
    const [branch, partner] = [branchId, partnerId].map((id) => (ending.includes(id) ? successors.get(id) : id));
    unit.emit(pairing, ...pairing.end(on, branch && partner ? 'BRANCH_MERGED' : 'BRANCH_DISSOLVED'));
    if (!branch || !partner) continue;
    const time = { validFrom: validFrom > on ? validFrom : on, validTo };
    const next = { branchId: branch, partnerId: partner, ...time };
    if (!(await fit(unit.ctx, next)) || standing.some((other) => sameBranches(other, next) && overlap(other, next)))
      continue;
    const followed = Object.assign(new BranchPairing(), { ...next, plan: null, reason, endReason: null });
    unit.add(followed, followed.paired());
    standing.push(followed);
  }
}

type Between = Pick<BranchPairing, 'branchId' | 'partnerId'>;

const sameBranches = (one: Between, other: Between): boolean =>
  one.branchId === other.branchId && one.partnerId === other.partnerId;

async function fit(ctx: Ctx, { branchId, partnerId, ...time }: Between & Held): Promise<boolean> {
  const found = await ctx.em.find(Organization, { id: { $in: [branchId, partnerId] } });
  const byId = new Map(found.map((each) => [each.id, each]));
  return canPair(byId.get(branchId), 'BRANCH', time) && canPair(byId.get(partnerId), 'PARTNER', time);
}

async function refuseDuplicate(unit: Unit, wanted: Between & Held): Promise<void> {
  const { branchId, partnerId } = wanted;
  const { em } = unit.ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pairings of ${branchId}`}, 0))`.execute(em.getKysely());
  const other = (await em.find(BranchPairing, { branchId, partnerId })).find((each) => overlap(each, wanted));
  if (other) throw pairingErrors('branchPairing.duplicate', { from: other.validFrom }, { field: 'input.partnerId' });
}
