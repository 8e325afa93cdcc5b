import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterProviders } from '../harness/clusters/index.js';
import { machineOf } from '../harness/clusters/machine.js';
import { packageFile } from '../harness/clusters/package-file.js';
import { leftSince, takeInventory, type Inventory } from '../harness/e2e/inventory.js';
import { startCli } from '../harness/e2e/run-cli.js';
import { scratchFolder } from '../harness/e2e/scratch-folder.js';
import { expressionChecker } from '../harness/judge/expression-checker.js';
import { loadScenarios } from '../harness/scenario/load.js';
import { runFaults, type FaultsRun } from './run-faults.js';

let before: Inventory;
beforeAll(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
}, 60_000);
afterAll(async () => {
  expect(await leftSince(before)).toEqual([]);
});

const faults = (...args: readonly string[]) =>
  new Promise<{ readonly code: unknown; readonly stdout: string }>((resolve) => {
    execFile('node', [packageFile('dist', 'faults', 'main.js'), ...args], (error, stdout) =>
      resolve({ code: error?.code ?? 0, stdout }),
    );
  });

it('catches faults by the claims that they name, and says so by its exit code', async () => {
  await using scratch = await scratchFolder();
  const file = join(scratch.path, 'faults.json');
  const { code, stdout } = await faults(
    'mtu-at-one-end',
    'no-loopback',
    'leaks-now-and-then',
    // A world that reads nodes sees what its plugin leaves there, and nobody else.
    'rule-left',
    '--json',
    file,
  );
  expect(stdout).toMatch(
    /^mtu-at-one-end +veth-both-ends\/mtu +refuted +eth0\.mtu == eth0\.peer\.mtu is false/m,
  );
  expect(stdout).toMatch(/^no-loopback +loopback\/up +refuted /m);
  expect(stdout).toMatch(/^leaks-now-and-then +churn-of-many\/addresses +refuted /m);
  expect(stdout).toContain('mutation score 100%: 4 of 4 faults caught');
  expect(code).toBe(0);
  const found = JSON.parse(await readFile(file, 'utf8')) as FaultsRun;
  expect(found.faults.map(({ fault, caught }) => [fault, caught])).toEqual([
    ['leaks-now-and-then', true],
    ['mtu-at-one-end', true],
    ['no-loopback', true],
    ['rule-left', true],
  ]);
}, 120_000);

it('does not catch a fault that is none: the real plugin does its work behind it, and the claim holds', async () => {
  const { scenarios } = await loadScenarios([packageFile('scenarios', 'veth')], {
    checker: expressionChecker,
  });
  const none = {
    ...{ name: 'none', does: 'Nothing.', standsFor: 'nothing', plugin: 'bridge', script: '' },
    caughtBy: { 'veth-both-ends/mtu': 'eth0.peer.mtu' },
  };
  const place = {
    providers: clusterProviders(machineOf(process.env, process.getuid?.() ?? -1)),
    signal: new AbortController().signal,
    progress: () => undefined,
  };
  const found = await runFaults([none], scenarios, { all: false, baselineRuns: 1 }, place);
  expect(found.faults).toMatchObject([{ caught: false, named: [{ verdict: 'holds' }] }]);
  expect(found.baseline).toEqual({ runs: 1, falseAlarms: [] });
}, 120_000);
