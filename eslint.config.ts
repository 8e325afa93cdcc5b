import eslint from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which folders of harness/ a folder may import from; design.md draws it. Everything may import its own folder. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  scenario: ['domain'],
  clusters: ['domain'],
  facts: ['domain'],
  diagnosis: ['domain'],
  judge: ['domain'],
  reports: ['domain'],
  baseline: ['domain'],
  tutorial: ['domain'],
  run: ['domain', 'scenario', 'clusters', 'facts', 'diagnosis', 'judge', 'reports', 'tutorial'],
  session: ['domain', 'clusters', 'diagnosis', 'run', 'tutorial'],
  cli: [
    'domain',
    'scenario',
    'clusters',
    'facts',
    'diagnosis',
    'judge',
    'reports',
    'baseline',
    'tutorial',
    'run',
    'session',
  ],
  jest: ['domain', 'scenario', 'clusters', 'judge', 'reports', 'run', 'session'],
};

const folders = Object.keys(mayImport);

const importDirection: Linter.Config[] = Object.entries(mayImport).map(([folder, allowed]) => ({
  files: [`harness/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${folders.filter((other) => other !== folder && !allowed.includes(other)).join('|')})/`,
            message:
              `${folder}/ may import only ${allowed.length === 0 ? 'itself' : allowed.join(', ')}. ` +
              'Move what is shared to domain/, or let run/ hand it in as an argument.',
          },
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'bin/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only cli/ touches process: take what you need as an argument.' },
        { name: 'console', message: 'Only cli/ and reports/terminal.ts write: return text instead.' },
      ],
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'timeout',
          message:
            'Its timer is lost when only AbortSignal.any knows the signal. Use deadline(ms, signal) of domain/deadline.ts.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > ArrayExpression[elements.length=0]",
          message:
            'An error is not an empty list. Use `absent` of domain/absent.ts where a file may be missing, `noEvidence` for lines that only explain another error.',
        },
      ],
    },
  },
  {
    files: [
      'harness/cli/**',
      'harness/jest/**',
      'harness/e2e/**',
      'bench/**',
      'adversary/main.ts',
      'adversary/fake-api.ts',
      'faults/main.ts',
      'faults/*.e2e.test.ts',
      'images/**',
      '*.config.ts',
    ],
    rules: { 'no-restricted-globals': 'off' },
  },
  // Jest's describe and it take async functions and return void by design.
  {
    files: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: '@jest/globals', name: ['test', 'it', 'describe'] },
          ],
        },
      ],
    },
  },
  ...importDirection,
);
