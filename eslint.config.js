import nx from '@nx/eslint-plugin';

/** Who may import whom, by the tags in each package.json. No wildcard: a project without a tag may import nothing. */
const allow = {
  'type:subgraph': ['type:platform', 'type:contract', 'type:kernel'],
  'type:gateway': ['type:platform', 'type:contract', 'type:kernel', 'type:engine'],
  'type:console': ['type:contract', 'type:kernel'],
  'type:platform': ['type:contract', 'type:kernel'],
  // How the gateway executes: for the gateway (and its bench) alone, and knowing nothing of what the graph is about
  'type:engine': [],
  'type:contract': [],
  'type:kernel': [],
  'type:testing': ['type:testing', 'type:tool', 'type:platform', 'type:contract', 'type:kernel'],
  'type:tool': ['type:tool', 'type:platform', 'type:contract', 'type:kernel'],
  'type:e2e': ['type:testing', 'type:tool', 'type:contract', 'type:kernel'],
};

const boundaries = (extra) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      allowCircularSelfDependency: true,
      depConstraints: [
        ...Object.entries(allow).map(([sourceTag, tags]) => ({
          sourceTag,
          onlyDependOnLibsWithTags: [...tags, ...extra],
        })),
        {
          sourceTag: 'type:kernel',
          bannedExternalImports: ['@mikro-orm/*', 'graphql', 'type-graphql', 'kafkajs', 'pg', 'fastify', '@apollo/*'],
        },
        { sourceTag: 'type:contract', allowedExternalImports: ['zod'] },
      ],
    },
  ],
});

export default [
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  { ignores: ['**/dist', '**/.frontline', '**/node_modules'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      ...boundaries([]),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, in config.ts (readConfig).' },
      ],
    },
  },
  {
    files: ['**/config.ts', 'tools/**/*.ts', 'libs/testing/**/*.ts', '**/*.spec.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.fixture.ts'],
    rules: { ...boundaries(['type:testing']), '@typescript-eslint/no-non-null-assertion': 'off' },
  },
];
