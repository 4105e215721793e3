import { cacheHint } from './cache-hints.ts';

describe('what a service says about keeping its answer', () => {
  it.each([
    [undefined, { maxAge: 0 }],
    ['max-age=60', { maxAge: 60 }],
    ['max-age="60" , public', { maxAge: 60, scope: 'PUBLIC' }],
    ['private, max-age=5', { maxAge: 5, scope: 'PRIVATE' }],
    ['public, private, max-age=5', { maxAge: 5, scope: 'PRIVATE' }],
    ['Private, Max-Age=5', { maxAge: 5, scope: 'PRIVATE' }],
    ['max-age=60, no-store', { maxAge: 0 }],
    ['no-cache, max-age=60', { maxAge: 0 }],
    ['max-age=-1', { maxAge: 0 }],
    ['max-age=', { maxAge: 0 }],
    ['s-maxage=60', { maxAge: 0 }],
    [['max-age=60', 'private'], { maxAge: 60, scope: 'PRIVATE' }],
  ])('%j', (header, hint) => expect(cacheHint(header)).toEqual(hint));
});
