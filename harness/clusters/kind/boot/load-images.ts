import { allDone } from '../../../domain/all-done.js';
import type { ImageArchive } from '../../images/image-archive.js';
import type { RunOnNode } from './run-on-node.js';

const importTimeoutMs = 300_000;

/** Puts the images of archives on all nodes: one archive after the other, for they may share layers, on all nodes at once. */
export const loadImages = async (
  nodes: readonly { readonly name: string }[],
  archives: readonly ImageArchive[],
  snapshotter: string,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  await allDone(
    nodes.map(async (node) => {
      for (const { path } of archives) {
        await run(
          node,
          {
            purpose: `load the images of ${path}`,
            argv: [
              ...['ctr', '--namespace=k8s.io', '--connect-timeout=30s', 'images', 'import'],
              ...['--all-platforms', '--digests', `--snapshotter=${snapshotter}`, '-'],
            ],
            stdin: { file: path },
            timeoutMs: importTimeoutMs,
          },
          signal,
        );
      }
    }),
  );
};
