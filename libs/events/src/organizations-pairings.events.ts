import { z } from 'zod';
import { code, day, defineEvent, id, period } from './event-contract.ts';

const branchPairing = { context: 'organizations', aggregate: 'branchPairing' } as const;
const pairedBranches = {
  pairingId: id.describe('结对 · The pairing; also the key.'),
  branchId: id.describe('支部 · The branch of an office, state-owned enterprise or institution.'),
  partnerId: id.describe('共建支部 · The community or two-new branch.'),
};

export const branchPairingPaired = defineEvent({
  ...branchPairing,
  name: 'paired',
  data: z.strictObject({ ...pairedBranches, ...period }),
  when: 'Two branches are paired, or one goes on for a branch that was merged into it.',
  why: 'They plan the year together; who counts paired branches follows.',
});
export const branchPairingEnded = defineEvent({
  ...branchPairing,
  name: 'ended',
  data: z.strictObject({
    ...pairedBranches,
    on: day.describe('终止日 · First day on which it no longer holds.'),
    reason: code('原因 · A value of PairingEndReason in the graph.', 'BRANCH_MERGED').regex(/^[A-Z][A-Z_]{0,39}$/),
  }),
  when: 'A pairing ends, by decision or because a branch was merged or dissolved.',
  why: 'The branches can be paired with others; what was planned is reviewed.',
});

const pairingPlan = { context: 'organizations', aggregate: 'pairingPlan' } as const;
const planFacts = {
  planId: id.describe('年度计划 · The plan; also the key.'),
  pairingId: id.describe('结对 · Of which pairing.'),
  year: z.int().min(1978).max(2200).describe('年度 · For which year.'),
  items: z.int().positive().describe('事项数 · How many things are planned.'),
};
const doneItems = z.int().nonnegative().describe('完成数 · How many of them were done.');

export const pairingPlanMade = defineEvent({
  ...pairingPlan,
  name: 'made',
  data: z.strictObject(planFacts),
  when: 'Two paired branches plan a year.',
  why: 'The pairing no longer lacks a plan.',
});
export const pairingPlanChanged = defineEvent({
  ...pairingPlan,
  name: 'changed',
  data: z.strictObject(planFacts),
  when: 'A plan is changed before the year is reviewed.',
  why: 'Whoever shows plans shows this one.',
});
export const pairingPlanReviewed = defineEvent({
  ...pairingPlan,
  name: 'reviewed',
  data: z.strictObject({
    ...planFacts,
    by: z.enum(['BRANCH', 'PARTNER']).describe('一方 · Which of the two wrote the review.'),
    done: doneItems,
  }),
  when: 'One of the two branches says what became of every item of the plan.',
  why: 'The other one is to conclude it.',
});
export const pairingPlanConcluded = defineEvent({
  ...pairingPlan,
  name: 'concluded',
  data: z.strictObject({
    ...planFacts,
    on: day.describe('确认日 · When the second branch concluded it.'),
    done: doneItems,
  }),
  when: 'Both branches have concluded the review of a year.',
  why: 'It stands, and the pairing no longer lacks a review.',
});
