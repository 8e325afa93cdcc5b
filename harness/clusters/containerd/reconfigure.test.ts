import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePaths } from './node/containerd-config.js';
import { reconfigureNodes, restoreNetworks, type ReconfigurableNode } from './reconfigure.js';

const never = new AbortController().signal;
const list = (fields: object) =>
  JSON.stringify({ cniVersion: '0.4.0', name: 'n', plugins: [{ type: 'a', ...fields }, { type: 'b' }] });

let root: string;
let node: ReconfigurableNode;
const folder = () => join(root, nodePaths.cniConfig);
const file = () => join(folder(), '10-n.conflist');
const now = async () =>
  (JSON.parse(await readFile(file(), 'utf8')) as { readonly plugins: readonly object[] }).plugins;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reconfigure-'));
  await mkdir(folder(), { recursive: true });
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
    const change = await reconfigureNodes([node], { mtu: 1400, more: true }, never);
    expect(await now()).toEqual([{ type: 'a', mtu: 1400, more: true, ipam: {} }, { type: 'b' }]);
    const second = await reconfigureNodes([node], { mtu: 1300 }, never);
    expect(await now()).toMatchObject([{ mtu: 1300, more: true }, {}]);
    await second[Symbol.asyncDispose]();
    await change[Symbol.asyncDispose]();
    expect(await readFile(file(), 'utf8')).toBe(list({ mtu: 1500, ipam: {} }));
    expect(await readdir(folder())).toEqual(['10-n.conflist', '20-other.conflist']);
  });

  it('waits until the runtime has read it, no longer than it is told to', async () => {
    const deaf = { ...node, cri: { cniConfig: () => Promise.resolve([list({ mtu: 1500, ipam: {} })]) } };
    const change = reconfigureNodes([deaf], { mtu: 1400 }, AbortSignal.timeout(200));
    await expect(change).rejects.toThrow('aborted');
    // What it could not finish is undone.
    expect(await now()).toMatchObject([{ mtu: 1500 }, {}]);
  });
});

describe('restoreNetworks', () => {
  it('puts back what a killed run has changed, and leaves alone what a living one has', async () => {
    await writeFile(file(), list({ mtu: 1400 }));
    await writeFile(`${file()}.before@999999999-1`, list({ mtu: 1500 }));
    await restoreNetworks([node], never);
    expect(await now()).toMatchObject([{ mtu: 1500 }, {}]);
    const change = await reconfigureNodes([node], { mtu: 1400 }, never);
    await restoreNetworks([node], never);
    expect(await now()).toMatchObject([{ mtu: 1400 }, {}]);
    await change[Symbol.asyncDispose]();
    expect(await readdir(folder())).toEqual(['10-n.conflist', '20-other.conflist']);
  });
});
