import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetclaimsError } from '../../../domain/error.js';
import type { CriClient } from '../cri/cri-client.js';
import { nodePaths } from '../node/containerd-config.js';

/** A node whose network changes. */
export interface ReconfigurableNode {
  readonly cri: Pick<CriClient, 'cniConfig'>;
  /** Where a path of the node is, as this process sees it. */
  readonly here: (path: string) => string;
}

interface Plugin {
  readonly type: string;
}

/** The network of a node, which the runtime has read. */
interface NodeNetwork {
  readonly file: string;
  readonly content: string;
  readonly conflist: { readonly plugins: readonly [Plugin, ...(readonly Plugin[])] };
}

/** The runtime takes the first file of the folder. */
export const readNetwork = async ({ here }: ReconfigurableNode): Promise<NodeNetwork> => {
  const folder = here(nodePaths.cniConfig);
  const [first] = (await readdir(folder)).filter((name) => name.endsWith('.conflist')).sort();
  if (first === undefined) {
    throw new NetclaimsError({ code: 'cluster/reconfigure', what: 'a node has no CNI configuration list' });
  }
  const file = join(folder, first);
  const content = await readFile(file, 'utf8');
  return { file, content, conflist: JSON.parse(content) as NodeNetwork['conflist'] };
};
