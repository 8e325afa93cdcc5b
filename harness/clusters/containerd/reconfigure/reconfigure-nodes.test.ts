import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadline } from '../../../domain/deadline.js';
import { nodePaths } from '../node/containerd-config.js';
import type { ReconfigurableNode } from './node-network.js';
import { reconfigureNodes, restoreNetworks } from './reconfigure-nodes.js';

const never = new AbortController().signal;
const list = (fields: object) =>
  JSON.stringify({ cniVersion: '0.4.0', name: 'n', plugins: [{ type: 'a', ...fields }, { type: 'b' }] });

let root: string;
let node: ReconfigurableNode;
const folder = () => join(root, nodePaths.cniConfig);
const file = () => join(folder(), '10-n.conflist');
const programs = () => join(root, nodePaths.cniBin);
const plugin = () => join(programs(), 'a');
const now = async () =>
  (JSON.parse(await readFile(file(), 'utf8')) as { readonly plugins: readonly object[] }).plugins;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reconfigure-'));
  await mkdir(folder(), { recursive: true });
  await mkdir(programs(), { recursive: true });
  // As a node has it: the machine's own, which is not to be written to.
  await writeFile(join(root, 'installed'), 'old');
  await symlink(join(root, 'installed'), plugin());
  await writeFile(join(root, 'build'), 'new');
  await writeFile(join(root, 'next build'), 'newer');
  await writeFile(file(), list({ mtu: 1500, ipam: {} }));
  await writeFile(join(folder(), '20-other.conflist'), list({}));
  // A runtime that reads its file at once.
  node = {
    here: (path) => join(root, path),
    cri: { cniConfig: async () => [await readFile(file(), 'utf8')] },
  };
});
afterEach(() => rm(root, { recursive: true }));

describe('reconfigureNodes', () => {
  it('changes fields of the first plugin, and puts back what was', async () => {
    const change = await reconfigureNodes([node], { fields: { mtu: 1400, more: true } }, never);
    expect(await now()).toEqual([{ type: 'a', mtu: 1400, more: true, ipam: {} }, { type: 'b' }]);
    const second = await reconfigureNodes([node], { fields: { mtu: 1300 } }, never);
    expect(await now()).toMatchObject([{ mtu: 1300, more: true }, {}]);
    await second[Symbol.asyncDispose]();
    await change[Symbol.asyncDispose]();
    expect(await readFile(file(), 'utf8')).toBe(list({ mtu: 1500, ipam: {} }));
    expect(await readdir(folder())).toEqual(['10-n.conflist', '20-other.conflist']);
  });

  it('waits until the runtime has read it, no longer than it is told to', async () => {
    const deaf = { ...node, cri: { cniConfig: () => Promise.resolve([list({ mtu: 1500, ipam: {} })]) } };
    const change = reconfigureNodes([deaf], { fields: { mtu: 1400 } }, deadline(200));
    await expect(change).rejects.toThrow('aborted');
    // What it could not finish is undone.
    expect(await now()).toMatchObject([{ mtu: 1500 }, {}]);
  });
});

describe('reconfigureNodes with a program', () => {
  const becomes = (build: string) => reconfigureNodes([node], { plugin: join(root, build) }, never);

  it('puts it in the place of the first plugin, and puts back what was', async () => {
    const change = await becomes('build');
    expect(await readFile(plugin(), 'utf8')).toBe('new');
    expect((await stat(plugin())).mode & 0o777).toBe(0o755);
    expect(await readFile(join(root, 'installed'), 'utf8')).toBe('old');
    await using running = await open(plugin());
    const second = await becomes('next build');
    expect(await readFile(plugin(), 'utf8')).toBe('newer');
    expect(await running.readFile('utf8')).toBe('new');
    await second[Symbol.asyncDispose]();
    await change[Symbol.asyncDispose]();
    expect(await readlink(plugin())).toBe(join(root, 'installed'));
    expect(await readdir(programs())).toEqual(['a']);
  });

  it('has what it replaces stand beside it meanwhile', async () => {
    const change = await becomes('build');
    const beside = (await readdir(programs())).filter((name) => name.startsWith('a.before@'));
    expect(beside).toHaveLength(1);
    expect(await readlink(join(programs(), beside[0] ?? ''))).toBe(join(root, 'installed'));
    await change[Symbol.asyncDispose]();
  });

  it('changes nothing when there is none', async () => {
    await expect(becomes('no build')).rejects.toThrow('no build');
    expect(await readlink(plugin())).toBe(join(root, 'installed'));
    expect(await readdir(programs())).toEqual(['a']);
  });
});

/** A process that has ended. */
const ended = `999999999-1-${statSync('/proc/self/ns/pid').ino}`;

describe('restoreNetworks', () => {
  it('puts back what a killed run has changed, and leaves alone what a living one has', async () => {
    await writeFile(file(), list({ mtu: 1400 }));
    await writeFile(`${file()}.before@${ended}`, list({ mtu: 1500 }));
    await restoreNetworks([node], never);
    expect(await now()).toMatchObject([{ mtu: 1500 }, {}]);
    const change = await reconfigureNodes([node], { fields: { mtu: 1400 } }, never);
    await restoreNetworks([node], never);
    expect(await now()).toMatchObject([{ mtu: 1400 }, {}]);
    await change[Symbol.asyncDispose]();
    expect(await readdir(folder())).toEqual(['10-n.conflist', '20-other.conflist']);
  });

  it('puts back a plugin that a killed run has replaced, at whatever moment it was killed', async () => {
    const killed = ended;
    const before = `${plugin()}.before@${killed}`;
    for (const state of ['copied', 'kept', 'replaced'] as const) {
      if (state !== 'replaced') await writeFile(`${plugin()}.new@${killed}`, 'ne');
      if (state !== 'copied') await link(plugin(), before);
      if (state === 'replaced') {
        await rm(plugin());
        await writeFile(plugin(), 'new');
      }
      await restoreNetworks([node], never);
      expect(await readlink(plugin())).toBe(join(root, 'installed'));
      expect(await readdir(programs())).toEqual(['a']);
    }
    const change = await reconfigureNodes([node], { plugin: join(root, 'build') }, never);
    await restoreNetworks([node], never);
    expect(await readFile(plugin(), 'utf8')).toBe('new');
    await change[Symbol.asyncDispose]();
  });
});
