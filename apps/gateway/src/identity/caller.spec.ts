import { traceOf } from './caller.ts';

describe('the trace of a request', () => {
  it('is the caller’s if it is well formed', () => {
    const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(traceOf(given)).toBe(given);
  });

  it.each([
    undefined,
    'x',
    ['a', 'b'],
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n',
  ])('begins here otherwise: %j', (given) => {
    expect(traceOf(given)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceOf(given)).not.toBe(given);
  });
});
