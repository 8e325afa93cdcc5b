import { runTool } from '../../images/run-tool.js';
import { pathOnNode, type BootedNode } from './boot.js';
import { nodePaths } from './containerd-config.js';

/** Unpacks the images of an archive of this machine on a node. `ctr` waits for the node's containerd to come up. */
export const importArchive = async (
  node: Pick<BootedNode, 'initPid'>,
  archive: string,
  signal: AbortSignal,
): Promise<void> => {
  await runTool(
    [
      'ctr',
      `--address=${pathOnNode(node.initPid, nodePaths.socket)}`,
      '--namespace=k8s.io',
      '--connect-timeout=10s',
      'images',
      'import',
      archive,
    ],
    {
      code: 'image/not-imported',
      what: `the images of ${archive} could not be unpacked`,
      remedy:
        "see that it is a complete archive for this machine's architecture (`docker save`, `skopeo copy`)",
    },
    { timeoutMs: 300_000 },
    signal,
  );
};
