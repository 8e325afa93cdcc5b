/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const shared: Config = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', explicitResourceManagement: true } },
        module: { type: 'es6' },
      },
    ],
  },
};

const config: Config = {
  // Pods take their time on a busy machine; a test that hangs is still ended.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'node',
      // On real nodes, as root. Each counts what it leaves on the machine.
      testMatch: ['<rootDir>/harness/**/*.e2e.test.ts'],
    },
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/harness/**/*.test.ts'],
      testPathIgnorePatterns: ['/harness/e2e/', '\\.e2e\\.test\\.ts$'],
    },
  ],
};

export default config;
