import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { keptNode, type KeptNode } from './kept-node.js';
import { expectSuccess, startCli } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

const cluster = 'e2e-killed';
const onIt = ['--cluster-name', cluster] as const;
const minutes = (count: number) => count * 60_000;

let before: Inventory;
let node: KeptNode;
beforeAll(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
  const up = await startCli('cluster', 'up', '--cluster', 'containerd', '--name', cluster).ended;
  expectSuccess(up);
  node = await keptNode(cluster);
}, minutes(2));
afterAll(async () => {
  node[Symbol.dispose]();
  expectSuccess(await startCli('cluster', 'down', cluster).ended);
  expect(await leftSince(before)).toEqual([]);
}, minutes(2));

/** Waits until it is so, and as long as the test may take. */
const until = async (is: () => Promise<boolean>): Promise<void> => {
  while (!(await is())) await sleep(50);
};

/**
 * A scenario whose pod must be the same before and after a file of this name is on the node. It touches no node, so that two runs of it
 * go beside each other.
 */
const untilFile = (file: string) => `
apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: ${file} }
spec:
  claim: A pod that nobody touches stays as it is.
  manifests:
    - apiVersion: v1
      kind: Pod
      metadata: { name: idle }
      spec:
        terminationGracePeriodSeconds: 0
        containers: [{ name: idle, image: busybox, command: [sleep, '10000'] }]
  steps:
    - observe: before
    - probe:
        { name: told, in: { netns: idle }, timeout: 2m, sh: 'until [ -e /run/${file} ]; do sleep 0.1; done' }
    - observe: after
  expect:
    - id: untouched
      says: Its sandbox and its container are the same.
      that: >-
        before.pods.idle.sandbox.id == after.pods.idle.sandbox.id && after.pods.idle.sandbox.alive &&
        before.pods.idle.containers.idle.pid == after.pods.idle.containers.idle.pid
`;

describe('a run that is killed on a kept cluster', () => {
  it('is swept by the next one, which leaves the pods of a living run alone', async () => {
    await using scratch = await scratchFolder();
    const start = async (name: string) => {
      const file = join(scratch.path, `${name}.yaml`);
      await writeFile(file, untilFile(name));
      const run = startCli('verify', file, ...onIt);
      const sandboxes = async () =>
        (await node.sandboxes()).filter((one) => one.startsWith(`netclaims-${name}-`));
      await until(async () => (await sandboxes()).length > 0);
      return { ...run, sandboxes };
    };
    const [living, killed] = [await start('living'), await start('killed')];
    // What containerd's CRI has lost track of is found as well.
    const [namespace = ''] = (await killed.sandboxes()).map((name) => name.split('/')[0]);
    const stray = `--cgroup ${node.cgroup}/stray --label io.kubernetes.pod.namespace=${namespace}`;
    await node.sh(`ctr --namespace k8s.io run --detach ${stray} netclaims.dev/pause:1 stray`);
    expect(await node.sh('ctr --namespace k8s.io tasks list --quiet')).toContain('stray');
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(await killed.sandboxes()).toHaveLength(1);

    expectSuccess(await startCli('facts', ...onIt).ended);
    expect(await killed.sandboxes()).toEqual([]);
    expect(await node.sh('ctr --namespace k8s.io tasks list --quiet')).not.toContain('stray');
    await node.sh('touch /run/living /run/killed');
    expectSuccess(await living.ended);
    expect(await node.left()).toEqual([]);
  });

  it(
    'leaves nothing on the node once another has run, whenever it was killed',
    async () => {
      for (let round = 0; round < 6; round += 1) {
        const run = startCli('verify', 'scenarios', ...onIt);
        const itsWorlds = () => node.sh(`ls /run/netclaims/worlds | grep @${run.process.pid}-`);
        await until(async () => run.process.exitCode !== null || (await itsWorlds()) !== '');
        await sleep(Math.random() * 3_000);
        run.process.kill('SIGKILL');
        await run.ended;
      }
      expect(await startCli('facts', ...onIt).ended).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await node.left()).toEqual([]);
    },
    minutes(5),
  );
});
