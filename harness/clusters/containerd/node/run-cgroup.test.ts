import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess, ownIdentity, type ProcessIdentity } from '../../process-identity.js';
import { cgroupOf, hierarchiesIn, removeCgroup, sweepCgroups } from './run-cgroup.js';

let root: string;
const mounted = () => Promise.resolve([join(root, 'cpu'), join(root, 'memory')]);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cgroups-'));
  for (const folder of await mounted()) await mkdir(folder);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

/** Makes a cgroup with children in both hierarchies. */
const make = async (cgroup: string) => {
  for (const folder of await mounted())
    await mkdir(join(folder, cgroup, 'pod', 'container'), { recursive: true });
};
const left = async () => {
  const [cpu, memory] = await Promise.all((await mounted()).map((folder) => readdir(folder)));
  expect(memory).toEqual(cpu);
  return cpu?.map((name) => `/${name}`).sort();
};
const dead = async (): Promise<ProcessIdentity> => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? -1);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  if (identity === undefined) throw new Error('sleep ended at once');
  return identity;
};

describe('removeCgroup', () => {
  it('removes it with its children from every hierarchy, and nothing beside it', async () => {
    const own = await ownIdentity();
    const [one, other] = [cgroupOf(own, 'one'), cgroupOf(own, 'other')];
    await make(one);
    await make(other);
    await removeCgroup(one, mounted);
    expect(await left()).toEqual([other]);
    await removeCgroup(one, mounted);
    expect(await left()).toEqual([other]);
  });
});

describe('a container that was frozen when its runtime was killed', () => {
  const freezer = '/sys/fs/cgroup/freezer';
  const name = `thaw-test-${randomUUID()}`;
  const group = join(freezer, name);
  afterEach(() => rmdir(group).catch(() => undefined));

  it('is thawed, so that its processes can end', async () => {
    if (!existsSync(freezer)) {
      // cgroup v2 has the file in every group.
      await mkdir(join(root, 'cpu', 'one'), { recursive: true });
      await writeFile(join(root, 'cpu', 'one', 'cgroup.freeze'), '1');
      await removeCgroup('/one', mounted).catch(() => undefined);
      expect(await readFile(join(root, 'cpu', 'one', 'cgroup.freeze'), 'utf8')).toBe('0');
      return;
    }
    await mkdir(group);
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    await writeFile(join(group, 'cgroup.procs'), String(child.pid));
    await writeFile(join(group, 'freezer.state'), 'FROZEN');
    child.kill('SIGKILL');
    const ended = once(child, 'exit');
    await removeCgroup(`/${name}`, () => Promise.resolve([freezer]));
    await ended;
    expect(existsSync(group)).toBe(false);
  });
});

describe('sweepCgroups', () => {
  it('removes those whose owner has ended, and no others', async () => {
    const own = await ownIdentity();
    const kept = [
      cgroupOf(own, 'living'),
      '/docker',
      '/netclaims-docker',
      '/netclaims-1-x-node',
      // An older version made it, and does not say in which PID namespace its owner is; the other's is another one.
      '/netclaims-1-1-deadbeef',
      cgroupOf({ ...(await dead()), pidNamespace: 4_026_539_999 }, 'elsewhere'),
      '/other-netclaims-1-1-a',
    ].sort();
    const gone = [
      cgroupOf(await dead(), 'ended'),
      // The number is used again by another process.
      cgroupOf({ ...own, startTime: own.startTime + 1 }, 'reused'),
    ];
    for (const name of [...kept, ...gone]) await make(name);
    await sweepCgroups(mounted);
    expect(await left()).toEqual(kept);
  });
});

describe('a cgroup that cannot be removed', () => {
  it('is named, and keeps no other from it', async () => {
    const [stuck, gone] = [cgroupOf(await dead(), 'stuck'), cgroupOf(await dead(), 'gone')];
    for (const name of [stuck, gone]) await make(name);
    // A folder of the real thing holds no files that can be seen to stay.
    await writeFile(join(root, 'cpu', stuck, 'file'), '');
    await expect(sweepCgroups(mounted)).rejects.toMatchObject({
      code: 'cluster/cleanup',
      message: `the cgroup ${join(root, 'cpu', stuck)} could not be removed`,
    });
    for (const folder of await mounted()) expect(existsSync(join(folder, gone))).toBe(false);
  });
});

describe('hierarchiesIn', () => {
  it.each([
    ['v2', ['/sys/fs/cgroup - cgroup2 cgroup2 rw'], ['/sys/fs/cgroup']],
    [
      'v1 and hybrid',
      [
        '/sys/fs/cgroup - tmpfs tmpfs ro',
        '/sys/fs/cgroup/unified - cgroup2 cgroup2 rw',
        '/sys/fs/cgroup/cpu,cpuacct - cgroup cgroup rw,cpu,cpuacct',
      ],
      ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/cpu,cpuacct'],
    ],
    [
      'elsewhere',
      ['/mnt/cgroup - cgroup2 cgroup2 rw', '/sys/fs/cgroups - cgroup2 x rw', '/ - ext4 x rw'],
      [],
    ],
    ['mounted twice', ['/sys/fs/cgroup - cgroup2 a rw', '/sys/fs/cgroup - cgroup2 b rw'], ['/sys/fs/cgroup']],
  ])('finds them where they are %s', (_, mounts, points) => {
    const lines = mounts.map((mount, index) => {
      const [point = '', type = ''] = mount.split(' - ');
      return `${30 + index} 23 0:26 / ${point} rw,nosuid shared:9 - ${type}\n`;
    });
    expect(hierarchiesIn(lines.join(''))).toEqual(points);
  });
});
