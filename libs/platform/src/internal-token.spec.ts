import type { Actor } from '@frontline/access';
import { INTERNAL_TOKEN_SECONDS, internalTokens } from './internal-token.ts';

const actor: Actor = { kind: 'person', sub: 'somebody', grants: [{ role: 'LEADER' }] };
const { jest } = import.meta;

describe('an internal token', () => {
  const tokens = internalTokens('a secret that is long enough for tests');
  afterEach(() => void jest.useRealTimers());

  it('is good as often as it is shown, for its own audience alone', async () => {
    const bearer = `Bearer ${await tokens.sign('cases', actor)}`;
    expect(await tokens.verify('cases', bearer)).toEqual(actor);
    expect(await tokens.verify('cases', bearer)).toEqual(actor);
    expect(await tokens.verify('personnel', bearer)).toBeUndefined();
    expect(await internalTokens('another secret that is long enough').verify('cases', bearer)).toBeUndefined();
  });

  it('ends in time, also when it was good before', async () => {
    const bearer = `Bearer ${await tokens.sign('cases', actor)}`;
    expect(await tokens.verify('cases', bearer)).toEqual(actor);
    const later = Date.now() + INTERNAL_TOKEN_SECONDS * 1000 + 1000;
    jest.useFakeTimers({ now: later, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    expect(await tokens.verify('cases', bearer)).toBeUndefined();
  });
});
