import type { CaseState } from './case-enums.ts';

/** What can be done with a case, from where, and where that leads. States × actions as data: this table is the documentation. */
export const lifecycle = {
  accept: { from: ['REGISTERED'], to: 'ACCEPTED' },
  refuse: { from: ['REGISTERED'], to: 'NOT_ACCEPTED' },
  dispatch: { from: ['ACCEPTED', 'DISPATCHED'], to: 'DISPATCHED' },
  signFor: { from: ['DISPATCHED'], to: 'SIGNED_FOR' },
  handle: { from: ['SIGNED_FOR', 'REWORK', 'SUSPENDED'], to: 'HANDLING' },
  suspend: { from: ['HANDLING'], to: 'SUSPENDED' },
  answer: { from: ['HANDLING'], to: 'ANSWERED' },
  callBack: { from: ['ANSWERED'], to: 'CALLBACK' },
  close: { from: ['CALLBACK'], to: 'CLOSED' },
  reopen: { from: ['CALLBACK'], to: 'REWORK' },
  listLongTerm: { from: ['HANDLING'], to: 'LONG_TERM' },
  resume: { from: ['LONG_TERM'], to: 'HANDLING' },
  merge: { from: ['REGISTERED', 'ACCEPTED', 'DISPATCHED', 'SIGNED_FOR', 'HANDLING'], to: 'MERGED' },
  withdraw: {
    from: [
      'REGISTERED',
      'ACCEPTED',
      'DISPATCHED',
      'SIGNED_FOR',
      'HANDLING',
      'SUSPENDED',
      'ANSWERED',
      'CALLBACK',
      'REWORK',
      'LONG_TERM',
    ],
    to: 'WITHDRAWN',
  },
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState }>;

/** Something that can be done with a case. */
export type CaseAction = keyof typeof lifecycle;

/** States from which nothing follows. */
export const finalStates: readonly CaseState[] = ['NOT_ACCEPTED', 'CLOSED', 'MERGED', 'WITHDRAWN'];

/** The state that an action leads to; `undefined` when it can't be done from here. */
export function nextState(state: CaseState, action: CaseAction): CaseState | undefined {
  const { from, to } = lifecycle[action];
  return (from as readonly CaseState[]).includes(state) ? to : undefined;
}
