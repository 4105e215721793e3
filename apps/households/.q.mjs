import { internalTokens } from '@frontline/platform';
const t = internalTokens('0123456789abcdef0123456789abcdef0123');
const [role, place, query, cadre] = process.argv.slice(2);
const tok = await t.sign('households', { kind: 'person', sub: 'x', ...(cadre && {cadreId: cadre}), grants: [{ role, ...(place !== '-' && { place }) }] });
for (let i = 0; i < 3; i++) { const s = performance.now(); const r = await fetch('http://127.0.0.1:4903/graphql', { method: 'POST', headers: { authorization: 'Bearer ' + tok, 'content-type': 'application/json' }, body: JSON.stringify({ query }) }); const j = await r.text(); console.log((performance.now() - s).toFixed(0) + 'ms', i == 2 ? j.slice(0, 1800) : ''); }
