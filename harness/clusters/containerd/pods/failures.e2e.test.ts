import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { leftSince, takeInventory, type Inventory } from '../../../e2e/inventory.js';
import { podOf } from './test-manifest.js';
import { bootTestNode, type TestNode } from './test-node.js';

const never = new AbortController().signal;
const forever = 'command: [sleep, "10000"]';

let before: Inventory;
let node: TestNode;
beforeAll(async () => {
  before = await takeInventory();
  node = await bootTestNode();
}, 60_000);
afterAll(async () => {
  await node[Symbol.asyncDispose]();
  expect(await leftSince(before)).toEqual([]);
});

describe('World.apply', () => {
  const applied = async (spec: string) => {
    await using world = await node.open('failing');
    return await world
      .apply(
        [podOf('good', `{containers: [{name: c, image: busybox, ${forever}}]}`), podOf('bad', spec)],
        never,
      )
      .catch((error: unknown) => error);
  };

  it('says what a container said that ends at once, whatever its restart policy', async () => {
    const command = 'command: [sh, -c, "echo one; echo two; exit 3"]';
    for (const [policy, times] of [
      ['Never', ''],
      ['OnFailure', '; it had been restarted once'],
      ['Always', '; it had been restarted once'],
    ] as const) {
      expect(
        await applied(
          `{restartPolicy: ${policy}, containers: [{name: c, image: busybox, ${forever}}, {name: d, image: busybox, ${command}}]}`,
        ),
      ).toMatchObject({
        code: 'pod/exited',
        message: expect.stringMatching(
          new RegExp(
            `^pods\\.yaml:4:1 pod bad, container d ended with code 3, \\d+ ms after its start${times}$`,
          ),
        ),
        evidence: ['d | one', 'd | two', `restartPolicy: ${policy}`],
      });
    }
    expect(await applied('{containers: [{name: c, image: busybox, command: ["true"]}]}')).toMatchObject({
      code: 'pod/exited',
    });
  });

  it('says which init container failed, and starts nothing after it', async () => {
    const error = await applied(
      `{restartPolicy: Never, initContainers: [{name: i, image: busybox, command: [sh, -c, "exit 7"]}], containers: [{name: c, image: busybox, ${forever}}]}`,
    );
    expect(error).toMatchObject({
      code: 'pod/exited',
      message: expect.stringContaining('container i ended with code 7'),
    });
  });

  it('says why a container could not be started', async () => {
    expect(
      await applied('{containers: [{name: c, image: busybox, command: [no-such-command]}]}'),
    ).toMatchObject({
      code: 'pod/not-started',
      message: 'pods.yaml:4:1 pod bad, container c could not be started',
      evidence: expect.arrayContaining([
        // runc and crun have words of their own for it.
        expect.stringMatching(/no-such-command.*(not found)/),
      ]),
    });
  });

  it('says which image cannot be had', async () => {
    expect(await applied('{containers: [{name: c, image: no.example/such/image}]}')).toMatchObject({
      code: 'pod/image',
      message: 'pods.yaml:4:1 pod bad, container c: no.example/such/image:latest cannot be fetched',
    });
  });

  it('says what the network said when a sandbox cannot be made', async () => {
    const script = '#!/bin/sh\n[ "$CNI_COMMAND" = DEL ] || { echo "no more addresses"; exit 1; }\n';
    const plugin = '/run/netclaims/cni-bin/bridge';
    await node.out('sh', '-c', 'mv "$0" "$0.away"; printf "$1" > "$0"; chmod +x "$0"', plugin, script);
    try {
      expect(await applied(`{containers: [{name: c, image: busybox, ${forever}}]}`)).toMatchObject({
        code: 'pod/no-sandbox',
        message: expect.stringMatching(
          /^pods.yaml:1:1 pod (good|bad): its sandbox or network could not be made$/,
        ),
        evidence: [expect.stringMatching(/^RunPodSandbox: .*plugin type="bridge".*no more addresses/)],
      });
    } finally {
      await node.out('sh', '-c', 'mv "$0.away" "$0"', plugin);
    }
  });

  it('refuses all that it cannot do, and then starts nothing', async () => {
    await using world = await node.open('refused');
    const good = podOf('good', '{containers: [{name: c, image: busybox}]}');
    const bad = podOf('bad', '{containers: [{name: c, image: busybox, comand: [a], livenessProbe: {}}]}');
    await expect(world.apply([good, bad], never)).rejects.toMatchObject({
      code: 'pod/refused',
      evidence: [
        'pods.yaml:5:1 this cluster does not do spec.containers[0].comand; did you mean `command`?',
        'pods.yaml:5:1 this cluster does not do spec.containers[0].livenessProbe',
      ],
    });
    const elsewhere = podOf('p', '{nodeName: node-7, containers: [{name: c, image: busybox}]}');
    await expect(world.apply([elsewhere], never)).rejects.toMatchObject({ code: 'pod/no-node' });
    expect(await world.pods(never)).toEqual([]);
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    await expect(
      world.apply([podOf('p', '{containers: [{name: c, image: nginx}]}')], never),
    ).rejects.toMatchObject({ code: 'pod/exists' });
  });
});

describe('World.exec', () => {
  it('tells an exit code from a command that has no result', async () => {
    await using world = await node.open('exec');
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    const run = (argv: readonly string[], timeoutMs = 10_000, container = 'c') =>
      world.exec({ pod: 'p', container }, { argv, timeoutMs }, never);
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    await expect(run(['no-such-command'])).rejects.toMatchObject({ code: 'probe/not-started' });
    await expect(run(['true'], 1_000, 'none')).rejects.toMatchObject({ code: 'probe/not-started' });
    await expect(run(['sleep', '77'], 300)).rejects.toMatchObject({ code: 'probe/timeout' });
    // containerd kills a command that nobody waits for any more, in its own time.
    const sleeping = async () => (await run(['sh', '-c', 'ps | grep -c "[s]leep 77"'])).stdout;
    for (let left = 50; left > 0 && (await sleeping()) !== '0\n'; left -= 1) await setTimeout(50);
    expect(await sleeping()).toBe('0\n');
  });

  it('can be replayed from a shell of this machine', async () => {
    await using world = await node.open('replay');
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    const replay = world.replayExec({ pod: 'p', container: 'c' }, ['echo', 'a b', '$HOME', "it's"]);
    expect(execFileSync('bash', ['-c', replay], { encoding: 'utf8' })).toBe("a b $HOME it's\n");
    expect(world.replayExec({ pod: 'p', container: 'none' }, ['true'])).toContain('p/none');
  });
});

describe('a world whose containerd is killed', () => {
  it('says so at once, to whoever waits and whoever comes', async () => {
    const world = await node.open('lost');
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    const lost = { code: 'cluster/cri-lost' };
    const waits = [
      world.changed(60_000, never),
      world.apply(
        [podOf('q', `{containers: [{name: c, image: nginx, readinessProbe: {tcpSocket: {port: 81}}}]}`)],
        never,
      ),
      world.exec({ pod: 'p', container: 'c' }, { argv: ['sleep', '60'], timeoutMs: 60_000 }, never),
    ].map((wait) => expect(wait).rejects.toMatchObject(lost));
    const killedAt = Date.now();
    await node.out('pkill', '-KILL', '-x', 'containerd');
    await Promise.all(waits);
    await expect(world.pods(never)).rejects.toMatchObject(lost);
    await expect(world.restart({ pod: 'p', container: 'c' }, never)).rejects.toMatchObject(lost);
    await expect(world[Symbol.asyncDispose]()).rejects.toMatchObject(lost);
    await expect(node.open('lost')).rejects.toMatchObject(lost);
    expect(Date.now() - killedAt).toBeLessThan(5_000);
  });
});
