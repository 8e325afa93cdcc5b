import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { NetclaimsError } from '../../../domain/error.js';
import { cniNetwork, refuseSameAddresses } from '../../containerd/node/cni-network.js';

/** How to connect the pods of a cluster, as --cni says it. */
export type CniChoice =
  /** By the manifest that the node image brings; where `asked` is false, by ptp where it brings none. */
  | { readonly kind: 'image'; readonly name: string; readonly asked: boolean }
  /** By a manifest that is applied once there is an API server. */
  | { readonly kind: 'manifest'; readonly name: string; readonly content: string }
  /** By a configuration on each node, and routes between the nodes, which is what kindnet comes to. */
  | { readonly kind: 'reference'; readonly name: 'ptp' | 'bridge'; readonly plugins: readonly string[] }
  /** The same with a configuration of the user's, in which `{{ .PodCIDR }}` stands for the node's pod network. */
  | {
      readonly kind: 'conflist';
      readonly name: string;
      readonly plugins: readonly string[];
      readonly content: string;
    };

/**
 * What --cni asks for. @param cni `default`, `ptp`, `bridge`, a FILE.yaml, or a FILE.conflist
 * @throws NetclaimsError `usage/no-network`, `usage/bad-conflist`
 */
export const cniChoice = async (cni: string | undefined, nodes: number): Promise<CniChoice> => {
  if (cni === undefined || cni === 'default') {
    return { kind: 'image', name: 'default', asked: cni !== undefined };
  }
  if (cni === 'ptp' || cni === 'bridge') {
    return { kind: 'reference', name: cni, plugins: [cni, 'host-local', 'portmap'] };
  }
  switch (extname(cni)) {
    case '.yaml':
    case '.yml':
      return { kind: 'manifest', name: basename(cni, extname(cni)), content: await readManifest(cni) };
    case '.conflist':
      return ownConflist(cni, nodes);
    default:
      throw new NetclaimsError({
        code: 'usage/no-network',
        what: `\`${cni}\` is no network`,
        remedy:
          'give --cni one of default, ptp, bridge, or the manifests of a CNI (FILE.yaml), or a configuration for each node (FILE.conflist)',
      });
  }
};

const readManifest = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new NetclaimsError({
      code: 'usage/no-network',
      what: `${file} cannot be read`,
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      remedy: 'name a file with the manifests of a CNI',
      cause,
    });
  }
};

const ownConflist = async (file: string, nodes: number): Promise<CniChoice> => {
  const network = await cniNetwork(file);
  refuseSameAddresses(file, network, nodes);
  const { name, plugins, content } = network;
  return { kind: 'conflist', name, plugins, content };
};
