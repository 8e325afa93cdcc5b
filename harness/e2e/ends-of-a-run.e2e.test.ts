import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageFile } from '../clusters/package-file.js';
import type { Report } from '../domain/report.js';
import { founding } from './founding.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { expectSuccess, startCli } from './run-cli.js';

const wholeRun = ['verify', ...founding, '--cluster', 'containerd'] as const;
const minutes = (count: number) => count * 60_000;

let before: Inventory;
let folder: string;
beforeEach(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
  // Not a name that the inventory counts.
  folder = await mkdtemp('/tmp/e2e-');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  expect(await leftSince(before)).toEqual([]);
});

/** The whole run and a probe that outlasts every moment at which a test ends it. */
const runThatLasts = async (): Promise<readonly string[]> => {
  const file = join(folder, 'lasts.yaml');
  const lines = [
    'apiVersion: netclaims.dev/v1',
    'kind: Scenario',
    'metadata: { name: lasts }',
    'spec:',
    '  claim: A probe takes its time.',
    `  manifests: [${packageFile('manifests', 'nginx.yaml')}]`,
    '  steps:',
    '    - probe: { name: slow, in: { node: node-1 }, run: [sleep, "60"], timeout: 2m }',
    '  expect:',
    '    - { id: ended, says: It ends., that: probes.slow.exitCode == 0 }',
    '',
  ];
  await writeFile(file, lines.join('\n'));
  return [...wholeRun, file];
};

const newProcesses = async (pattern: RegExp): Promise<readonly number[]> => {
  const { processes } = await takeInventory();
  return processes
    .filter((line) => !before.processes.includes(line) && pattern.test(line))
    .map((line) => Number.parseInt(line, 10));
};

const report = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Report;

describe('a run that is killed', () => {
  it(
    'is swept by the next one, whenever that was',
    async () => {
      for (let round = 0; round < 20; round += 1) {
        const run = startCli(...wholeRun);
        await sleep(100 + Math.random() * 5_000);
        run.process.kill('SIGKILL');
        await run.ended;
      }
      expectSuccess(await startCli('facts', '--cluster', 'containerd').ended);
    },
    minutes(5),
  );
});

describe('a run that is interrupted', () => {
  it.each([150, 600, 1_500, 3_000, 5_000])(
    'after %i ms removes everything itself',
    async (afterMs) => {
      const run = startCli(...(await runThatLasts()));
      await sleep(afterMs);
      run.process.kill('SIGINT');
      const { exitCode } = await run.ended;
      // Before it has come to handle signals, the signal itself ends it.
      expect([2, null]).toContain(exitCode);
    },
    minutes(1),
  );
});

describe('a run whose containerd is killed', () => {
  it(
    'is unknown at once, and refutes nothing',
    async () => {
      const file = join(folder, 'report.json');
      const run = startCli(...(await runThatLasts()), '--report', `json=${file}`);
      const containerd = () => newProcesses(/ containerd --config /);
      while ((await containerd()).length === 0 && run.process.exitCode === null) await sleep(50);
      // Until then worlds are at work, and those that have nodes of their own have a containerd of their own.
      await sleep(2_000);
      for (const pid of await containerd()) kill(pid, 'SIGKILL');
      const began = Date.now();
      expect(await run.ended).toMatchObject({ exitCode: 2 });
      expect(Date.now() - began).toBeLessThan(30_000);
      const { totals } = await report(file);
      expect(totals).toMatchObject({ refuted: 0, vacuous: 0 });
      expect(totals.unknown).toBeGreaterThan(0);
    },
    minutes(2),
  );
});

describe('two runs at once', () => {
  it(
    'do not disturb each other',
    async () => {
      const runs = [startCli(...wholeRun), startCli(...wholeRun)];
      for (const run of runs) expectSuccess(await run.ended);
    },
    minutes(4),
  );
});

describe('a node that lacks a tool', () => {
  it.each([
    ['ip', 'iproute2'],
    ['ethtool', 'ethtool'],
  ])(
    'makes what needs %s unknown, and says what to install',
    async (tool, name) => {
      const file = join(folder, 'report.json');
      await startCli('cluster', 'up', '--cluster', 'containerd', '--name', 'lacking').ended;
      try {
        const [init = 0] = await newProcesses(/init\.sh node-1/);
        const hide = `for file in $(command -v -- "$1"); do mount --bind /dev/null "$(readlink -f "$file")"; done`;
        const { nodeOf } = await import('../clusters/containerd/node/enter.js');
        const hidden = await nodeOf('node-1', init).exec(
          { argv: ['sh', '-c', hide, 'hide', tool], timeoutMs: 5_000 },
          new AbortController().signal,
        );
        expect(hidden).toMatchObject({ exitCode: 0, stderr: '' });
        const flags = ['--cluster-name', 'lacking', '--report', `json=${file}`];
        // Whether pods have veths could not be found out either, and it would be that which is told.
        const text = await readFile(packageFile('scenarios', 'veth-presence.yaml'), 'utf8');
        const scenario = join(folder, 'veth-presence.yaml');
        await writeFile(
          scenario,
          text.replace('  requires: [veth]\n', '').replaceAll('../manifests', packageFile('manifests')),
        );
        const run = await startCli('verify', scenario, ...flags).ended;
        expect(run).toMatchObject({ exitCode: 2 });
        expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain(
          `\`${tool}\` is not installed on node node-1: install ${name} on the node`,
        );
        const ethtool = (await report(file)).scenarios[0]?.expectations.find(({ id }) => id === 'ethtool');
        expect(ethtool).toMatchObject({ verdict: 'unknown' });
      } finally {
        await startCli('cluster', 'down', 'lacking').ended;
      }
    },
    minutes(2),
  );
});

describe('a scenario with five different mistakes', () => {
  it('gives five positioned messages, and nothing is started', async () => {
    const file = join(folder, 'five.yaml');
    await writeFile(
      file,
      [
        'apiVersion: netclaims.dev/v1',
        'kind: Scenario',
        'metadata: { name: five }',
        'spec:',
        '  claim: Something.',
        '  manifests: [missing.yaml]',
        '  steps:',
        '    - observe: now',
        '    - wait: { until: "true", timeout: soon }',
        '  expect:',
        '    - { id: a, says: A., that: cluster.provder == "x" }',
        '    - { id: a, says: B., that: "true" }',
        '  controls:',
        '    - { name: c, refutes: [b], steps: [{ observe: now }] }',
        '',
      ].join('\n'),
    );
    const run = await startCli('verify', file, '--cluster', 'containerd').ended;
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
    const places = run.stderr
      .split('\n')
      .filter((line) => line.startsWith(`${file}:`) && !line.includes(' warning: '));
    expect(places.map((line) => line.slice(file.length + 1).split(' ')[0])).toEqual([
      '6:15',
      '9:39',
      '11:40',
      '12:13',
      '14:28',
    ]);
    expect(run.stderr).not.toContain('booting');
  });
});
