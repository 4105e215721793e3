import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

const program = (name) => fileURLToPath(new URL(`tools/test-servers/src/${name}.ts`, import.meta.url));

/** One PostgreSQL and one Kafka broker for all specs of a run, started when first asked for. */
const servers = { globalSetup: program('global-setup'), globalTeardown: program('global-teardown') };

/**
 * Unit tests run by default; FRONTLINE_TESTS=integration, e2e or play picks a costlier kind by its suffix. Plays are the
 * tests that take long: whole starts, faults of servers, the whole district, thousands of random comparisons.
 */
const kinds = {
  unit: {
    testMatch: ['**/src/**/*.spec.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(int|e2e|play)\\.spec\\.ts$'],
    // the drift of a whole schema takes seconds where others use the cores too
    testTimeout: 30_000,
  },
  integration: { testMatch: ['**/src/**/*.int.spec.ts'], testTimeout: 120_000, ...servers },
  e2e: {
    testMatch: ['**/src/**/*.e2e.spec.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.play\\.e2e\\.spec\\.ts$'],
    testTimeout: 240_000,
    ...servers,
  },
  play: { testMatch: ['**/src/**/*.play?(.e2e).spec.ts'], testTimeout: 600_000, ...servers },
};

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@frontline/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  ...kinds[process.env.FRONTLINE_TESTS ?? 'unit'],
};
