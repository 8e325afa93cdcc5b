import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failureLines } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import type { Report } from '../domain/report.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { keptNode, type KeptNode } from './kept-node.js';
import { expectSuccess, startCli } from './run-cli.js';
import { idle, podWith, scenarioFolder, type ScenarioFolder } from './scenario-folder.js';

// Each test starts the command line several times, which takes its time on a busy machine.
jest.setTimeout(240_000);

const cluster = 'e2e-line';
const onIt = ['--cluster-name', cluster] as const;
const run = (...args: readonly string[]) => startCli(...args).ended;

let before: Inventory;
let node: KeptNode;
beforeAll(async () => {
  await run('facts', '--cluster', 'containerd');
  before = await takeInventory();
  const up = await run('cluster', 'up', '--cluster', 'containerd', '--name', cluster);
  expectSuccess(up);
  expect(up.stdout).toContain(`verify --cluster-name ${cluster}`);
  node = await keptNode(cluster);
}, 120_000);
afterAll(async () => {
  node[Symbol.dispose]();
  const down = await run('cluster', 'down', cluster);
  expect(down).toMatchObject({ exitCode: 0, stdout: `cluster ${cluster} is removed\n` });
  expect(await leftSince(before)).toEqual([]);
}, 120_000);

let folder: ScenarioFolder;
beforeEach(async () => {
  folder = await scenarioFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  expect(await node.left()).toEqual([]);
});

const readReport = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Report;

const good = podWith(`name: main, ${idle}`);
const isSo = 'pods.web.name == "web"';
const isNot = 'pods.web.name == "other"';

describe('pods that come to nothing', () => {
  it('are told of by file, pod, container, the last state and the last log lines, and refute nothing', async () => {
    const say = 'echo first; echo last';
    const files = [
      await folder.scenario(
        'no-image',
        podWith('name: main, image: netclaims.invalid/none:1, imagePullPolicy: Never'),
        isSo,
      ),
      await folder.scenario(
        'exits',
        podWith(`name: main, image: busybox, command: [sh, -c, "${say}; exit 3"]`, 'restartPolicy: Never'),
        isSo,
      ),
      await folder.scenario(
        'not-ready',
        podWith(
          `name: main, image: busybox, command: [sh, -c, "${say}; sleep 10000"], readinessProbe: { exec: { command: [cat, /ready] }, periodSeconds: 1 }`,
        ),
        isSo,
      ),
    ];
    const json = join(folder.path, 'report.json');
    const answer = await run('verify', ...files, ...onIt, '--timeout', '8s', '--report', `json=${json}`);
    expect(answer).toMatchObject({ exitCode: 2 });
    const { scenarios, totals } = await readReport(json);
    expect(totals).toMatchObject({ holds: 0, refuted: 0, vacuous: 0, unknown: 3 });
    const [noImage, exits, notReady] = scenarios.map((one) =>
      one.failure === null ? '' : failureLines(one.failure).join('\n'),
    );
    const place = (name: string) => `${join(folder.path, `${name}-pod.yaml`)}:9:`;
    expect(noImage).toContain(place('no-image'));
    expect(noImage).toContain('pod web, container main: netclaims.invalid/none:1');
    expect(exits).toContain(place('exits'));
    expect(exits).toContain('pod web, container main ended with code 3');
    expect(exits).toMatch(/main \| first\n.*main \| last/);
    expect(notReady).toContain(join(folder.path, 'not-ready-pod.yaml'));
    expect(notReady).toContain('pod web did not get ready');
    expect(notReady).toMatch(/container main: .*running/);
    expect(notReady).toContain('/ready');
    expect(notReady).toMatch(/main \| first\n.*main \| last/);
    for (const text of [noImage, exits, notReady]) expect(text).toContain('→ ');
  });
});

describe('verify on a kept cluster', () => {
  it('exits by what was seen, by --strict and --fail-fast, of what --selector leaves', async () => {
    const [a, b] = [
      await folder.scenario('a-refuted', good, isNot, 'tier: lower'),
      await folder.scenario('b-holds', good, isSo, 'tier: upper'),
    ];
    const verify = (...flags: readonly string[]) => run('verify', a, b, ...onIt, '--parallel', '1', ...flags);
    const upper = await verify('--selector', 'tier=upper');
    expectSuccess(upper);
    expect(upper.stdout).toContain('b-holds');
    expect(upper.stdout).not.toContain('a-refuted');
    expect(await verify('--selector', 'tier=upper', '--strict')).toMatchObject({ exitCode: 1 });
    expect(await verify('--selector', 'tier=none')).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining('usage/nothing-selected: --selector tier=none leaves none of 2'),
    });

    const [json, xml] = [join(folder.path, 'r.json'), join(folder.path, 'r.xml')];
    const failFast = await verify('--fail-fast', '--report', `json=${json}`, '--report', `junit=${xml}`);
    expect(failFast).toMatchObject({ exitCode: 1 });
    const report = await readReport(json);
    expect(report).toMatchObject({
      apiVersion: 'netclaims.dev/v1',
      kind: 'Report',
      cluster: { provider: 'containerd', cni: 'bridge', nodes: ['node-1'] },
      totals: { holds: 0, refuted: 1, unknown: 1 },
      scenarios: [
        { name: 'a-refuted', verdict: 'refuted' },
        { name: 'b-holds', verdict: 'unknown' },
      ],
    });
    expect(JSON.stringify(report.scenarios[1])).toContain('--fail-fast was given');
    const suites = await readFile(xml, 'utf8');
    expect(suites).toMatch(/<testsuites [^>]*tests="2" failures="1" errors="1"/);
    for (const file of [json, xml]) expect((await stat(file)).mode & 0o777).toBe(0o644);
  });

  it('leaves the pods of what does not hold with --keep, also when others run', async () => {
    const [a, b] = [
      await folder.scenario('a-refuted', good, isNot),
      await folder.scenario('b-holds', good, isSo),
    ];
    const kept = await run('verify', a, b, ...onIt, '--keep');
    expect(kept).toMatchObject({ exitCode: 1 });
    const [, namespace = ''] = /a-refuted: kept namespace (\S+)/.exec(kept.stderr) ?? [];
    expect(await node.sandboxes()).toEqual([`${namespace}/web`]);
    expectSuccess(await run('facts', ...onIt));
    expect(await node.sandboxes()).toEqual([`${namespace}/web`]);
    await node.removeAll();
  });
});

describe('facts', () => {
  it('prints those of the pods of a manifest, for people and as JSON', async () => {
    const file = await folder.put('pod.yaml', good);
    const text = await run('facts', file, ...onIt);
    expectSuccess(text);
    for (const part of ['web', 'eth0', 'node-1', 'side', 'main']) expect(text.stdout).toContain(part);
    const json = await run('facts', file, ...onIt, '--output', 'json');
    expectSuccess(json);
    const observation = JSON.parse(json.stdout) as Observation;
    expect(Object.keys(observation.pods)).toEqual(['web']);
    expect(observation.pods.web).toMatchObject({ node: 'node-1', link: { eth0: { kind: 'veth' } } });
    const bad = await folder.put('service.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: s }\n');
    expect(await run('facts', bad, ...onIt)).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(/service\.yaml:2:\d+ .*Service/),
    });
  });
});

describe('cluster', () => {
  it('lists what is kept, and gives a name once', async () => {
    const list = await run('cluster', 'list');
    expectSuccess(list);
    expect(list.stdout).toMatch(new RegExp(`^${cluster} +containerd +bridge +node-1 +.* nsenter `, 'm'));
    expect(await run('cluster', 'up', '--cluster', 'containerd', '--name', cluster)).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining('usage/name-taken'),
    });
    expect(
      await run('verify', await folder.scenario('s', good, isSo), '--cluster-name', 'none'),
    ).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(new RegExp(`there is no cluster named none[^]*there are: .*${cluster}`)),
    });
    expect(await run('cluster', 'down', 'none')).toMatchObject({ exitCode: 3 });
  });
});
