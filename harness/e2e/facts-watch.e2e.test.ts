import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { keptNode, type KeptNode } from './kept-node.js';
import { expectSuccess, startCli } from './run-cli.js';
import { idle, podWith, scenarioFolder } from './scenario-folder.js';

// Each test starts the command line several times, which takes its time on a busy machine.
jest.setTimeout(240_000);

const cluster = 'e2e-watch';
let before: Inventory;
let node: KeptNode;
beforeAll(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
  const up = await startCli('cluster', 'up', '--cluster', 'containerd', '--name', cluster).ended;
  expectSuccess(up);
  node = await keptNode(cluster);
}, 120_000);
afterAll(async () => {
  node[Symbol.dispose]();
  await startCli('cluster', 'down', cluster).ended;
  expect(await leftSince(before)).toEqual([]);
}, 120_000);

it('tells what changes on a node and in a pod as it does, and ends with a signal leaving nothing', async () => {
  await using folder = await scenarioFolder();
  const pod = await folder.put('pod.yaml', podWith(`name: main, ${idle}`));
  const { process: child, ended } = startCli('facts', pod, '--cluster-name', cluster, '--watch');
  let printed = '';
  child.stdout?.on('data', (text: string) => (printed += text));
  const prints = async (pattern: RegExp) => {
    const began = Date.now();
    while (!pattern.test(printed)) {
      if (Date.now() - began > 60_000) throw new Error(`${String(pattern)} is not printed:\n${printed}`);
      await sleep(50);
    }
  };
  const netns = 'nsenter --net=$(ls -d /run/netns/* | head -n 1)';
  await prints(/^pod web on /m);
  await node.sh('ip link add extra9 type bridge');
  await prints(/^\d\d:\d\d:\d\d \+ extra9 of node-1$/m);
  await node.sh(`${netns} ip link set eth0 mtu 1400`);
  await prints(/^\d\d:\d\d:\d\d ~ eth0 of web: mtu 1500 → 1400$/m);
  await node.sh('ip link delete extra9');
  await prints(/^\d\d:\d\d:\d\d - extra9 of node-1$/m);
  child.kill('SIGINT');
  expectSuccess(await ended);
  expect(await node.left()).toEqual([]);
  expect(await node.sh('ps -eo args= | grep "[i]p -oneline monitor"; true')).toBe('');
});
