import { allDone } from '../../../domain/all-done.js';
import type { NetworkChange } from '../../../domain/network-change.js';
import { cleanup } from '../../cleanup.js';
import type { ReconfigurableNode } from './node-network.js';
import { replacePlugin, restorePlugins } from './plugin-binary.js';
import { restoreConfiguration, setFields } from './plugin-fields.js';

/**
 * Changes the first plugin of every node's network, and comes back when each runtime has it. Disposing of it puts back what was, and
 * waits as well; of several changes, the first one puts back what was before all of them.
 * @throws NetclaimsError `cluster/reconfigure`
 */
export const reconfigureNodes = async (
  nodes: readonly ReconfigurableNode[],
  change: NetworkChange,
  signal: AbortSignal,
): Promise<AsyncDisposable> => {
  const undo = cleanup();
  try {
    await allDone(
      nodes.map((node) =>
        'plugin' in change
          ? replacePlugin(node, change.plugin, undo)
          : setFields(node, change.fields, undo, signal),
      ),
    );
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
  return undo;
};

/** Puts back what runs that were killed have changed. */
export const restoreNetworks = async (
  nodes: readonly ReconfigurableNode[],
  signal: AbortSignal,
): Promise<void> => {
  await allDone(nodes.flatMap((node) => [restorePlugins(node), restoreConfiguration(node, signal)]));
};
