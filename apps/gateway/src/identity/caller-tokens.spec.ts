import type { Actor } from '@frontline/access';
import { internalTokens } from '@frontline/platform/process';
import { callerTokens } from './caller-tokens.ts';

const tokens = internalTokens('a secret of at least 32 characters');

describe('internal tokens of a caller', () => {
  it('are used for twenty seconds, one per service', async () => {
    let now = 0;
    const held = callerTokens(tokens, () => now);
    const actor: Actor = { kind: 'person', sub: 'wang', grants: [] };
    const first = held.tokenFor(actor, 'cases');
    now = 19_999;
    expect(held.tokenFor(actor, 'cases')).toBe(first);
    expect(held.tokenFor(actor, 'personnel')).not.toBe(first);
    now = 20_000;
    expect(held.tokenFor(actor, 'cases')).not.toBe(first);
  });

  it('say who asks, to the service they are for and to no other', async () => {
    const actor: Actor = { kind: 'person', sub: 'wang', grants: [{ role: 'CADRE' }] };
    const token = await callerTokens(tokens).tokenFor(actor, 'cases');
    expect(await tokens.verify('cases', `Bearer ${token}`)).toEqual(actor);
    expect(await tokens.verify('personnel', `Bearer ${token}`)).toBeUndefined();
  });

  it('are never shared by two who were told apart', async () => {
    const held = callerTokens(tokens);
    const before: Actor = { kind: 'person', sub: 'wang', grants: [{ role: 'ADMIN' }] };
    const after: Actor = { kind: 'person', sub: 'wang', grants: [] };
    const old = await held.tokenFor(before, 'cases');
    expect(await held.tokenFor(after, 'cases')).not.toBe(old);
  });
});
