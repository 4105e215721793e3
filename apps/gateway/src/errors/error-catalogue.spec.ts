import { readFileSync } from 'node:fs';
import { gatewayCatalogue } from '../run-gateway.ts';

describe('what the gateway refuses with', () => {
  it('is committed as the code declares it (else: npm run generate)', () => {
    expect(gatewayCatalogue()).toBe(readFileSync(new URL('../../catalogue.json', import.meta.url), 'utf8'));
  });
});
