import 'reflect-metadata';
import { DomainError } from '@frontline/platform';
import type { DemandInput, RecordActivityInput } from './activity.inputs.ts';
import { checkActivity, MAX_DEMANDS } from './activity-rules.ts';

const now = new Date('2018-08-17T09:00:00+08:00');
const demand: DemandInput = {
  text: '路灯不亮',
  disposition: 'CASE',
  categoryCode: 'roads.lighting',
  caseKind: 'HELP_REQUEST',
};
const visit: RecordActivityInput = {
  idempotencyKey: 'visit-0001',
  kind: 'VISIT',
  heldAt: now,
  targetId: 'somewhere',
  demands: [demand],
  promises: [],
};

function refusal(change: Partial<RecordActivityInput>): { code: string; field: string | undefined } | undefined {
  try {
    checkActivity({ ...visit, ...change }, now);
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, field: error.field };
  }
}
const withDemand = (change: Partial<DemandInput>) => refusal({ demands: [demand, { ...demand, ...change }] });

describe('a recorded activity', () => {
  it('may be what a cadre has just done, or made offline', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ clientId: 'device-0001', madeAt: now })).toBeUndefined();
  });

  it.each([
    ['activity.future', 'input.heldAt', { heldAt: new Date(now.getTime() + 1) }],
    ['activity.target', 'input.targetId', { targetId: null }],
    ['activity.offline', 'input.madeAt', { clientId: 'device-0001' }],
    ['activity.offline', 'input.clientId', { madeAt: now }],
    ['activity.clientId', 'input.clientId', { clientId: 'short', madeAt: now }],
    ['activity.madeAt', 'input.madeAt', { clientId: 'device-0001', madeAt: new Date(now.getTime() - 1) }],
    ['activity.madeAt', 'input.madeAt', { clientId: 'device-0001', madeAt: new Date(now.getTime() + 1) }],
    ['activity.number', 'input.minutes', { minutes: 0 }],
    ['activity.number', 'input.metCount', { metCount: -1 }],
    ['activity.text', 'input.summary', { summary: 'x'.repeat(4001) }],
    ['activity.demands', 'input.demands', { demands: Array.from({ length: MAX_DEMANDS + 1 }, () => demand) }],
  ] as const)('is refused with %s at %s', (code, field, change) =>
    expect(refusal(change as Partial<RecordActivityInput>)).toEqual({ code, field }),
  );
});

describe('a demand', () => {
  it.each([
    ['activity.text', 'text', { text: '  ' }],
    ['activity.text', 'categoryCode', { categoryCode: '' }],
    ['demand.caseKind', 'caseKind', { caseKind: null }],
    ['demand.caseKind', 'caseKind', { disposition: 'OPINION' }],
    ['demand.outcome', 'outcome', { disposition: 'SETTLED_ON_SPOT', caseKind: null }],
    ['demand.outcome', 'outcome', { disposition: 'TRANSFERRED_OUT', caseKind: null, outcome: ' ' }],
  ] as const)('is refused with %s, naming which demand and its %s', (code, field, change) =>
    expect(withDemand(change as Partial<DemandInput>)).toEqual({ code, field: `input.demands[1].${field}` }),
  );

  it('may be an opinion, or settled with how, or passed out with its receipt', () => {
    expect(withDemand({ disposition: 'OPINION', caseKind: null })).toBeUndefined();
    expect(withDemand({ disposition: 'SETTLED_ON_SPOT', caseKind: null, outcome: '已清理' })).toBeUndefined();
    expect(withDemand({ disposition: 'TRANSFERRED_OUT', caseKind: null, outcome: '回执 12' })).toBeUndefined();
  });
});
