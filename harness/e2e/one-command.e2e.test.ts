import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Observation } from '../domain/observation.js';
import type { Report } from '../domain/report.js';
import { builtInImages } from '../clusters/images/builtin.js';
import { packNamedLayout } from '../clusters/images/oci-archive.js';
import { packageFile } from '../clusters/package-file.js';
import { cacheDir } from './cache-dir.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { expectSuccess, startCli } from './run-cli.js';
import { idle, podWith, scenarioFolder, type ScenarioFolder } from './scenario-folder.js';

// Each test starts the command line several times, which takes its time on a busy machine.
jest.setTimeout(240_000);

const run = (...args: readonly string[]) => startCli(...args).ended;

let before: Inventory;
let folder: ScenarioFolder;
beforeEach(async () => {
  await run('facts', '--cluster', 'containerd');
  before = await takeInventory();
  folder = await scenarioFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  expect(await leftSince(before)).toEqual([]);
});

const good = podWith(`name: main, ${idle}`);
const isSo = 'pods.web.name == "web"';
const readReport = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Report;

describe('a manifest that is no YAML', () => {
  it('is told of with its place, and nothing is started', async () => {
    const file = await folder.scenario('broken', 'kind: Pod\nmetadata: {name: [}\n', isSo);
    const answer = await run('verify', file, '--cluster', 'containerd');
    expect(answer).toMatchObject({ exitCode: 3, stdout: '' });
    expect(answer.stderr).toMatch(new RegExp(`^${join(folder.path, 'broken-pod.yaml')}:2:\\d+ `, 'm'));
    expect(answer.stderr).not.toContain('booting');
  });
});

describe('--load', () => {
  it('has an image archive on the node of a cluster that is made', async () => {
    const never = new AbortController().signal;
    const builtIn = await builtInImages({ cacheDir, progress: () => undefined }, never);
    const busybox = builtIn.find(({ references }) => references.some((name) => name.includes('busybox')));
    const [layout, archive] = [join(folder.path, 'layout'), join(folder.path, 'mine.tar')];
    await mkdir(layout);
    execFileSync('tar', ['-xf', busybox?.path ?? '', '-C', layout]);
    await packNamedLayout(layout, 'docker.io/library/mine:1', archive, never);
    const file = await folder.put(
      'pod.yaml',
      podWith(`name: main, image: "mine:1", command: [sleep, "10000"]`),
    );
    const args = ['facts', file, '--cluster', 'containerd', '--output', 'json'];
    const loaded = await run(...args, '--load', archive);
    expectSuccess(loaded);
    const { pods } = JSON.parse(loaded.stdout) as Observation;
    expect(pods.web).toMatchObject({ containers: { main: { image: 'mine:1' } } });
    expect(await run(...args, '--load', join(folder.path, 'none.tar'))).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('none.tar'),
    });
  });
});

describe('a cluster that cannot be made', () => {
  it('makes everything unknown, in every report', async () => {
    const network = { cniVersion: '1.0.0', name: 'odd', plugins: [{ type: 'no-such-plugin' }] };
    const conflist = await folder.put('odd.conflist', JSON.stringify(network));
    const [json, xml] = [join(folder.path, 'r.json'), join(folder.path, 'r.xml')];
    const answer = await run(
      'verify',
      await folder.scenario('s', good, isSo),
      ...['--cluster', 'containerd', '--cni', conflist],
      ...['--report', `json=${json}`, '--report', `junit=${xml}`],
    );
    expect(answer).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/cluster\/no-plugin: [^]*no-such-plugin[^]*→ /),
    });
    expect(await readReport(json)).toMatchObject({ totals: { unknown: 1 }, cluster: { nodes: [] } });
    expect(await readFile(xml, 'utf8')).toContain('no-such-plugin');
  });
});

describe('without a cluster', () => {
  it('prints the schema, and what this machine can run', async () => {
    const schema = await run('schema');
    expect(schema).toMatchObject({ exitCode: 0, stderr: '' });
    const committed = await readFile(packageFile('schema', 'scenario.schema.json'), 'utf8');
    expect(JSON.parse(schema.stdout)).toEqual(JSON.parse(committed));
    const doctor = await run('doctor');
    expect(doctor).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('containerd  can be used') });
  });
});
