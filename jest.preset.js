import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** Unit tests run by default; FRONTLINE_TESTS=integration or e2e picks the costlier kind by its suffix. */
const kinds = {
  unit: {
    testMatch: ['**/src/**/*.spec.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(int|e2e)\\.spec\\.ts$'],
  },
  integration: { testMatch: ['**/src/**/*.int.spec.ts'], testTimeout: 60_000 },
  e2e: { testMatch: ['**/src/**/*.e2e.spec.ts'], testTimeout: 240_000 },
};

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@frontline/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  ...kinds[process.env.FRONTLINE_TESTS ?? 'unit'],
};
