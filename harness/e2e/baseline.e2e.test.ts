import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../domain/report.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { expectSuccess, startCli } from './run-cli.js';
import { scenarioFolder, type ScenarioFolder } from './scenario-folder.js';

// Each test starts the command line several times, which takes its time on a busy machine.
jest.setTimeout(240_000);

const run = (...args: readonly string[]) => startCli(...args).ended;
const claim = 'scenarios/veth/veth-both-ends.yaml';
const cluster = ['--cluster', 'containerd', '--nodes', '2'];

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

describe('a baseline', () => {
  it('is the same for two clusters of one network, and not for another network', async () => {
    const [one, two, ptp] = ['one', 'two', 'ptp'].map((name) => join(folder.path, `${name}.json`)) as [
      string,
      string,
      string,
    ];
    expectSuccess(await run('record', claim, ...cluster, '--output', one));
    expectSuccess(await run('record', claim, ...cluster, '--output', two));
    expect(await run('record', claim, ...cluster, '--cni', 'ptp', '--output', ptp)).toMatchObject({
      exitCode: 0,
    });

    expect(await run('diff', one, two)).toMatchObject({ exitCode: 0, stdout: 'nothing differs\n' });
    const { exitCode, stdout } = await run('diff', one, ptp);
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'cluster cni: bridge → ptp',
        'pods on-node-1, two-containers, on-node-2: link eth0 peer master: cni0 → nothing',
        expect.stringMatching(/^node node-1: link cni0: gone: kind bridge, mtu 1500, /),
        expect.stringMatching(/^node node-1: route <on-node-1's IPv4 address>: new: /),
      ]),
    );
    // What both networks have alike is not told of.
    expect(stdout).not.toMatch(/default IPv4|claim|mtu:|link lo/);
  });

  it('fails a run that is not as it has it, and says what is otherwise in the reports', async () => {
    const [baseline, json] = [join(folder.path, 'baseline.json'), join(folder.path, 'report.json')];
    await run('record', claim, ...cluster, '--output', baseline);
    const args = ['verify', claim, ...cluster, '--baseline', baseline, '--report', `json=${json}`];
    const same = await run(...args);
    expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`nothing differs from`) });

    const text = await readFile(baseline, 'utf8');
    await writeFile(baseline, text.replaceAll('"mtu": 1500', '"mtu": 1450'));
    const other = await run(...args);
    expect(other).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1450 → 1500') });
    const report = JSON.parse(await readFile(json, 'utf8')) as Report;
    expect(report.totals).toMatchObject({ refuted: 0, unknown: 0 });
    expect(report.baseline?.differences).toContainEqual({
      path: ['pod', 'on-node-1', 'link', 'eth0', 'mtu'],
      was: 1450,
      is: 1500,
    });
  });
});
