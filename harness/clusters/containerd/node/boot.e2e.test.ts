import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absent } from '../../../domain/absent.js';
import { leftSince, takeInventory, type Inventory } from '../../../e2e/inventory.js';
import { cacheDir } from '../../../e2e/cache-dir.js';
import { builtInImages, pauseImage } from '../../images/builtin.js';
import { runCommand } from '../../command.js';
import { bootNode, containerdLog, pathOnNode, type BootedNode } from './boot.js';
import { cniNetwork } from './cni-network.js';
import { nodePaths } from './containerd-config.js';
import { nodeOf } from './enter.js';
import { imageStore } from './image-store.js';
import { ociRuntime } from './oci-runtime.js';

const never = new AbortController().signal;
const progress = () => undefined;

const boot = async (cniBinDir?: string): Promise<BootedNode> => {
  const archives = await builtInImages({ cacheDir, progress }, never);
  const store = await imageStore(archives, { cacheDir, runtime: 'test', progress }, never);
  const { file, onNode } = await cniNetwork('bridge');
  const conflist = { file, content: onNode(['10.244.0.0/24']) };
  const runtime = await ociRuntime(never);
  return bootNode({ name: 'node-1', mark: 'e2e', store, pauseImage, runtime, conflist, cniBinDir }, never);
};

describe('bootNode', () => {
  let before: Inventory;
  beforeEach(async () => {
    await builtInImages({ cacheDir, progress }, never);
    before = await takeInventory();
  });
  afterEach(async () => {
    expect(await leftSince(before)).toEqual([]);
  });

  it('makes namespaces of its own, and takes everything with it', async () => {
    await using node = await boot();
    const kinds = ['mnt', 'uts', 'ipc', 'net', 'pid'];
    const ours = await Promise.all(kinds.map((kind) => readlink(`/proc/self/ns/${kind}`)));
    const nodes = await Promise.all(kinds.map((kind) => readlink(`/proc/${node.initPid}/ns/${kind}`)));
    expect(nodes.filter((namespace, index) => namespace === ours[index])).toEqual([]);
    // Something to leave behind, were there a way: a daemon that ignores polite signals.
    const { exec } = nodeOf('node-1', node.initPid);
    await exec(
      { argv: ['sh', '-c', 'trap "" TERM HUP; sleep 10000 >/dev/null 2>&1 &'], timeoutMs: 5_000 },
      never,
    );
  });

  it('is seen by its own tools as a machine', async () => {
    await using node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    const out = async (...argv: readonly string[]) => (await exec({ argv, timeoutMs: 5_000 }, never)).stdout;
    expect(await out('hostname')).toBe('node-1\n');
    expect(await out('ls', '/sys/class/net')).toBe('lo\n');
    expect(await out('cat', '/proc/1/comm')).toBe('sh\n');
    expect(await out('ip', '-oneline', 'link', 'show', 'up')).toMatch(/^1: lo: /);
  });

  it('cannot write to the machine', async () => {
    await using node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    const refused = await exec({ argv: ['touch', '/usr/netclaims-was-here'], timeoutMs: 5_000 }, never);
    expect(refused.stderr).toContain('Read-only file system');
    const script = 'for d in /etc /var /var/lib /run /tmp; do touch $d/netclaims-was-here || exit 1; done';
    expect(await exec({ argv: ['sh', '-c', script], timeoutMs: 5_000 }, never)).toMatchObject({
      exitCode: 0,
    });
    for (const folder of ['/etc', '/var', '/var/lib', '/run', '/tmp']) {
      expect(await readdir(folder)).not.toContain('netclaims-was-here');
    }
  });

  it('writes to no mount of the machine, wherever it is', async () => {
    const above = await mkdtemp('/e2e mounts \\');
    const places = ['plain', 'with a blank', 'back\\slash', 'below/another'].map((name) => join(above, name));
    const sh = (script: string, ...argv: readonly string[]) =>
      runCommand(['sh', '-c', script, 'sh', ...argv], { timeoutMs: 10_000 }, never);
    const mountAll =
      'for place; do mkdir -p "$place" && mount -t tmpfs -o nosuid,nodev,noexec e2e "$place" || exit; done';
    try {
      await mkdir(join(above, 'below'));
      expect(await sh('mount -t tmpfs e2e "$1"', join(above, 'below'))).toMatchObject({ exitCode: 0 });
      expect(await sh(mountAll, ...places)).toMatchObject({ exitCode: 0 });
      await using node = await boot();
      const { exec } = nodeOf('node-1', node.initPid);
      const machines = ['/', '/home', '/srv', '/opt', '/root', '/usr', '/mnt', '/sys/fs/cgroup', above];
      const store = '/var/lib/containerd/io.containerd.content.v1.content/blobs/sha256';
      const tried = [...machines, store, join(above, 'below'), ...places];
      const write = 'for place; do ! touch "$place/netclaims-was-here" 2>/dev/null || echo "$place"; done';
      const { stdout } = await exec({ argv: ['sh', '-c', write, 'sh', ...tried], timeoutMs: 5_000 }, never);
      // With v2, the cgroups of the machine are one file system, in which a node has to make those of its pods.
      expect(stdout.split('\n').filter((place) => !['', '/sys/fs/cgroup'].includes(place))).toEqual([]);
      // What is not the machine's can be written, and nobody sees it there.
      const own = ['/dev/shm', '/run', '/tmp', '/var', '/etc'];
      await exec({ argv: ['sh', '-c', write, 'sh', ...own], timeoutMs: 5_000 }, never);
      for (const folder of own)
        expect((await readdir(folder).catch(absent)) ?? []).not.toContain('netclaims-was-here');
      const flags = await exec({ argv: ['cat', '/proc/self/mountinfo'], timeoutMs: 5_000 }, never);
      const [line = ''] = flags.stdout.split('\n').filter((each) => each.includes('/plain '));
      expect(line).toMatch(/ ro,nosuid,nodev,noexec/);
    } finally {
      await sh('for place; do umount "$place"; done', ...[...places].reverse(), join(above, 'below'));
      await rm(above, { recursive: true });
    }
  });

  it('has no device of the machine but those that everybody may use', async () => {
    await using node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    const { stdout } = await exec({ argv: ['ls', '/dev'], timeoutMs: 5_000 }, never);
    const names = ['fd', 'full', 'net', 'null', 'ptmx', 'pts', 'random', 'shm', 'stderr', 'stdin'];
    expect(stdout.trim().split('\n')).toEqual([...names, 'stdout', 'tty', 'urandom', 'zero']);
  });

  it('has the images of its store and cannot change them', async () => {
    await using node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    const ctr = (...argv: readonly string[]) =>
      exec({ argv: ['ctr', '--connect-timeout=10s', '-n', 'k8s.io', ...argv], timeoutMs: 15_000 }, never);
    expect((await ctr('images', 'ls', '-q')).stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'docker.io/library/busybox:latest',
        'docker.io/library/nginx:latest',
        pauseImage,
      ]),
    );
    await ctr('images', 'rm', 'docker.io/library/nginx:latest');
    await using another = await boot();
    const other = nodeOf('node-1', another.initPid);
    const listed = await other.exec(
      { argv: ['ctr', '--connect-timeout=10s', '-n', 'k8s.io', 'images', 'ls', '-q'], timeoutMs: 15_000 },
      never,
    );
    expect(listed.stdout).toContain('docker.io/library/nginx:latest');
  });

  it('uses the plugins of a folder before the installed ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netclaims-plugins-'));
    try {
      await writeFile(join(folder, 'bridge'), '#!/bin/sh\necho mine\n', { mode: 0o755 });
      await using node = await boot(folder);
      const { exec } = nodeOf('node-1', node.initPid);
      const run = (plugin: string) =>
        exec({ argv: [join(nodePaths.cniBin, plugin)], timeoutMs: 5_000 }, never);
      expect(await run('bridge')).toMatchObject({ exitCode: 0, stdout: 'mine\n' });
      expect((await run('ptp')).stderr).toContain('CNI');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says what its containerd logged', async () => {
    await using node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    await exec({ argv: ['ctr', '--connect-timeout=10s', 'version'], timeoutMs: 15_000 }, never);
    expect((await containerdLog(node.initPid, 1_000)).join('\n')).toContain('containerd successfully booted');
    expect(await readFile(pathOnNode(node.initPid, nodePaths.config), 'utf8')).toContain('version = 2');
  });

  it('leaves nothing when it is stopped while it boots', async () => {
    const archives = await builtInImages({ cacheDir, progress }, never);
    const store = await imageStore(archives, { cacheDir, runtime: 'test', progress }, never);
    const controller = new AbortController();
    const booting = bootNode(
      {
        name: 'node-1',
        mark: 'e2e',
        store,
        pauseImage,
        runtime: undefined,
        conflist: undefined,
        cniBinDir: undefined,
      },
      controller.signal,
    );
    controller.abort(new Error('enough'));
    await expect(booting).rejects.toThrow('enough');
  });

  it('says what the kernel or the tools said when it cannot be made', async () => {
    const options = {
      name: 'node-1',
      mark: 'e2e',
      pauseImage,
      runtime: undefined,
      conflist: undefined,
      cniBinDir: undefined,
    };
    await expect(bootNode({ ...options, store: '/nonexistent' }, never)).rejects.toMatchObject({
      code: 'cluster/no-node',
      evidence: [expect.stringContaining('/nonexistent')],
    });
  });
});

describe('Node.exec', () => {
  it('tells a command that is missing, a netns that is missing and a node that is gone from an exit code', async () => {
    const node = await boot();
    const { exec } = nodeOf('node-1', node.initPid);
    const run = (argv: readonly string[], netns?: string) =>
      exec({ argv, timeoutMs: 5_000, ...(netns === undefined ? {} : { netns }) }, never);
    await expect(run(['no-such-command'])).rejects.toMatchObject({ code: 'probe/not-started' });
    await expect(run(['true'], '/run/netns/none')).rejects.toMatchObject({ code: 'probe/no-netns' });
    expect(await run(['sh', '-c', 'exit 127'])).toMatchObject({ exitCode: 127 });
    await node[Symbol.asyncDispose]();
    await expect(run(['true'])).rejects.toMatchObject({ code: 'cluster/node-gone' });
  });
});
