import { chmod, copyFile, link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cleanup } from '../../cleanup.js';
import { nodePaths } from '../node/containerd-config.js';
import { isFirst, keptBeside, leftIn } from './kept-beside.js';
import { readNetwork, type ReconfigurableNode } from './node-network.js';

/** Puts a program in the place of the first plugin of a node's network, in the node's own folder. One that runs goes on as it is. */
export const replacePlugin = async (
  node: ReconfigurableNode,
  program: string,
  undo: Cleanup,
): Promise<void> => {
  const { conflist } = await readNetwork(node);
  const file = join(node.here(nodePaths.cniBin), conflist.plugins[0].type);
  const [before, fresh] = [await keptBeside(file, 'before'), await keptBeside(file, 'new')];
  undo.defer(() => rm(fresh, { force: true }));
  await copyFile(program, fresh);
  await chmod(fresh, 0o755);
  // By a second name, so that the plugin exists at every moment.
  if (await isFirst(link(file, before))) undo.defer(() => putBack(file, before));
  await rename(fresh, file);
};

/** Puts back what runs that were killed have replaced. */
export const restorePlugins = async ({ here }: ReconfigurableNode): Promise<void> => {
  for (const { what, file, kept } of await leftIn(here(nodePaths.cniBin))) {
    await (what === 'before' ? putBack(file, kept) : rm(kept, { force: true }));
  }
};

const putBack = async (file: string, before: string): Promise<void> => {
  await rename(before, file);
  // Where both are names of one file, rename(2) leaves both.
  await rm(before, { force: true });
};
