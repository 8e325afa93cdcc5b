/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

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

const changedMs = (file: string): number =>
  statSync(join(__dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** Why dist/, which runs the scenarios, is not what the sources say; undefined when it is. */
const buildProblem = (): string | undefined => {
  const built = changedMs('dist/.built');
  const sources = readdirSync(join(__dirname, 'harness'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join('harness', file));
  const newer = [...sources, 'tsconfig.json', 'tsconfig.build.json'].find((file) => changedMs(file) > built);
  if (newer === undefined) return undefined;
  const state = built > 0 ? `is older than ${newer}` : 'is missing';
  return `scenarios are run by what is built, and dist/ ${state}\n→ npm run build`;
};

const notBuilt = buildProblem();

/** The preset that other projects have as `netclaims`; while dist/ is not built, what says so. */
const scenarios: Config =
  notBuilt === undefined
    ? {
        preset: './dist/harness/jest/preset.js',
        testMatch: ['<rootDir>/{scenarios,soak}/**/*.yaml'],
        // A cluster that can have every claim that needs no Kubernetes, so that none is skipped.
        globals: { netclaims: { nodes: 2, cni: 'bridge+bandwidth', ipFamily: 'dual' } },
      }
    : {
        testMatch: ['<rootDir>/{scenarios,soak}/**/*.yaml'],
        moduleFileExtensions: ['js', 'ts', 'yaml'],
        transform: { '\\.ts$': '@swc/jest' },
        globalSetup: './harness/jest/checkout/not-built.ts',
        globals: { notBuilt },
      };

const config: Config = {
  // Pods take their time on a busy machine; a test that hangs is still ended.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'node',
      // On real nodes, as root. Each counts what it leaves on the machine, so none may run beside another.
      testMatch: ['<rootDir>/{adversary,faults,harness}/**/*.e2e.test.ts'],
      runner: '<rootDir>/harness/jest/checkout/one-by-one.ts',
    },
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{adversary,faults,harness}/**/*.test.ts'],
      testPathIgnorePatterns: ['/harness/e2e/', '\\.(e2e|browser)\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'kubernetes',
      // On a Kubernetes cluster in a Docker engine that has a node image.
      testMatch: ['<rootDir>/harness/**/*.kube.test.ts'],
      runner: '<rootDir>/harness/jest/checkout/one-by-one.ts',
    },
    {
      ...shared,
      displayName: 'browser',
      // Reports as their readers see them, in headless Chromium.
      testMatch: ['<rootDir>/harness/**/*.browser.test.ts'],
    },
    { displayName: 'scenarios', ...scenarios },
  ],
};

export default config;
