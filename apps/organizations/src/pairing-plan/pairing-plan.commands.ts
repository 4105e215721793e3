import { addDays } from '@frontline/calendar';
import { changeAll, checkedId, dayOf, idempotently, platformErrors, type Ctx, type Unit } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { BranchPairing } from '../branch-pairing/branch-pairing.entity.ts';
import { actingSide } from '../branch-pairing/branch-pairing.queries.ts';
import { within, type Held, type Side } from '../branch-pairing/pairing-rules.ts';
import { PairingPlan, type PairingPlanItem, type ReviewedItem } from './pairing-plan.entity.ts';
import { planErrors } from './pairing-plan.errors.ts';
import type {
  ChangePairingPlanInput,
  ConcludePairingReviewInput,
  MakePairingPlanInput,
  PlanItemInput,
  PlanItemOutcomeInput,
  ReviewPairingPlanInput,
} from './pairing-plan.inputs.ts';

const MAX_ITEMS = 24;
const MAX_WHAT = 200;
const MAX_NOTE = 500;
const MAX_REVIEW = 2000;

/** Makes the plan of a pairing for this year or the next, by either branch; a second one for a year is refused. */
export function makePairingPlan(ctx: Ctx, input: MakePairingPlanInput): Promise<PairingPlan> {
  const { pairingId, year, items, side } = input;
  return idempotently(ctx, 'makePairingPlan', PairingPlan, input, (tx) =>
    changeAll(tx, async (unit) => {
      // a change of its version orders those who make a plan at once: the second one sees the first one's
      const pairing = await lockedPairing(unit, checkedId(pairingId, 'input.pairingId'), 'input.pairingId');
      await actingSide(unit.ctx, pairing, side);
      const thisYear = Number(unit.ctx.today().slice(0, 4));
      if ((year !== thisYear && year !== thisYear + 1) || !within(year, pairing))
        throw planErrors('pairingPlan.year', {}, { field: 'input.year' });
      if (await unit.ctx.em.count(PairingPlan, { pairingId: pairing.id, year }))
        throw planErrors('pairingPlan.exists', { year }, { field: 'input.year' });
      const plan = Object.assign(new PairingPlan(), {
        pairingId: pairing.id,
        year,
        items: checkedItems(items, year, pairing),
        reviewedOn: null,
        reviewNote: null,
        concludedByBranchOn: null,
        concludedByPartnerOn: null,
      });
      return unit.add(plan, plan.made());
    }),
  );
}

/** Other items, while the year has not been reviewed. */
export function changePairingPlan(ctx: Ctx, input: ChangePairingPlanInput): Promise<PairingPlan> {
  return withPlan(ctx, 'changePairingPlan', input, async (plan, pairing) =>
    plan.plan(checkedItems(input.items, plan.year, pairing), 'input.planId'),
  );
}

/** One branch looks back: what became of every item, by the activity that was recorded or with a note. */
export function reviewPairingPlan(ctx: Ctx, input: ReviewPairingPlanInput): Promise<PairingPlan> {
  return withPlan(ctx, 'reviewPairingPlan', input, async (plan, { validTo: pairingEnds }, side, tx) => {
    const today = tx.today();
    const outcomes = await checkedOutcomes(tx, plan, input.outcomes, today);
    return plan.review(outcomes, checkedNote(input.note, MAX_REVIEW, 'input.note'), { side, today, pairingEnds });
  });
}

/** The branch that did not write the review concludes it. */
export function concludePairingReview(ctx: Ctx, input: ConcludePairingReviewInput): Promise<PairingPlan> {
  return withPlan(ctx, 'concludePairingReview', input, async (plan, _pairing, side, tx) =>
    plan.conclude(side, tx.today()),
  );
}

type PlanInput = ChangePairingPlanInput | ReviewPairingPlanInput | ConcludePairingReviewInput;

function withPlan<I extends PlanInput>(
  ctx: Ctx,
  operation: string,
  input: I,
  decide: (plan: PairingPlan, pairing: BranchPairing, side: Side, tx: Ctx) => Promise<ReturnType<PairingPlan['plan']>>,
): Promise<PairingPlan> {
  const { planId, expectedVersion = null } = input;
  return idempotently(ctx, operation, PairingPlan, input, (tx) =>
    changeAll(tx, async (unit) => {
      const plan = await unit.load(PairingPlan, planId, { expectedVersion, field: 'input.planId' });
      const pairing = await unit.load(BranchPairing, plan.pairingId, { field: 'input.planId' });
      const side = await actingSide(unit.ctx, pairing, input.side);
      unit.emit(plan, ...(await decide(plan, pairing, side, unit.ctx)));
      return plan;
    }),
  );
}

async function lockedPairing(unit: Unit, id: string, field: string): Promise<BranchPairing> {
  const [pairing] = await unit.loadAll(BranchPairing, { id });
  if (!pairing) throw platformErrors('aggregate.notFound', { type: 'BranchPairing' }, { field });
  return pairing;
}

function checkedItems(items: readonly PlanItemInput[], year: number, pairing: Held): PairingPlanItem[] {
  if (items.length === 0 || items.length > MAX_ITEMS)
    throw planErrors('pairingPlan.items', { max: MAX_ITEMS }, { field: 'input.items' });
  const { validFrom: from, validTo } = within(year, pairing) as Required<Held>;
  const to = addDays(validTo as string, -1);
  return items.map(({ what, plannedOn, activityKind = null }, at) => {
    const field = `input.items[${at}]`;
    const text = what.trim();
    if (text.length === 0 || text.length > MAX_WHAT)
      throw planErrors('pairingPlan.text', { max: MAX_WHAT }, { field: `${field}.what` });
    if (plannedOn < from || plannedOn > to)
      throw planErrors('pairingPlan.plannedOn', { from, to }, { field: `${field}.plannedOn` });
    return { number: at + 1, what: text, plannedOn, activityKind };
  });
}

/** What a review says, in the order of the plan's items. */
async function checkedOutcomes(
  ctx: Ctx,
  { items, year }: PairingPlan,
  outcomes: readonly PlanItemOutcomeInput[],
  today: string,
): Promise<ReviewedItem[]> {
  const numbers = new Set(outcomes.map(({ number }) => number));
  if (outcomes.length !== items.length || !items.every(({ number }) => numbers.has(number)))
    throw planErrors('pairingPlan.outcomes', {}, { field: 'input.outcomes' });
  const checked = await Promise.all(
    outcomes.map(async (each, at) => {
      const item = items.find(({ number }) => number === each.number) as PairingPlanItem;
      return [each.number, await checkedOutcome(ctx, item, each, { year, today }, at)] as const;
    }),
  );
  const byNumber = new Map(checked);
  return items.map(({ number }) => byNumber.get(number) as ReviewedItem);
}

async function checkedOutcome(
  ctx: Ctx,
  { activityKind }: PairingPlanItem,
  { outcome, activityId = null, doneOn = null, note: said }: PlanItemOutcomeInput,
  { year, today }: { year: number; today: string },
  at: number,
): Promise<ReviewedItem> {
  const field = `input.outcomes[${at}]`;
  const note = checkedNote(said, MAX_NOTE, `${field}.note`);
  if (outcome === 'NOT_DONE') {
    if (!note || doneOn || activityId) throw planErrors('pairingPlan.evidence', {}, { field });
    return { outcome, doneOn: null, note, activityId: null };
  }
  if (!activityId && !(doneOn && note)) throw planErrors('pairingPlan.evidence', {}, { field });
  // who was there for one branch need not have been for the other: that it took place is enough, its words stay hidden
  const activity =
    activityId &&
    (await ctx.em.findOne(Activity, { id: checkedId(activityId, `${field}.activityId`), withdrawnAt: null }));
  const asPlanned = activity && (!activityKind || activity.kind === activityKind);
  const held = asPlanned ? dayOf(activity.heldAt) : undefined;
  if (activityId && !(held && isOf(year, held)))
    throw planErrors('pairingPlan.activity', {}, { field: `${field}.activityId` });
  const day = doneOn ?? (held as string);
  if (!isOf(year, day) || day > today) throw planErrors('pairingPlan.doneOn', {}, { field: `${field}.doneOn` });
  return { outcome, doneOn: day, note, activityId: activity ? activity.id : null };
}

const isOf = (year: number, day: string): boolean => day.startsWith(`${year}-`);

function checkedNote(note: string | null | undefined, max: number, field: string): string | null {
  const text = note?.trim() ?? '';
  if (text.length > max) throw planErrors('pairingPlan.text', { max }, { field });
  return text || null;
}
