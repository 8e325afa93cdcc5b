import { randomBytes } from 'node:crypto';
import type { Node, World } from '../../domain/cluster.js';
import { ownManifest, type Manifest } from '../../domain/manifest.js';
import { eth0IsVeth } from '../eth0-is-veth.js';

/**
 * Whether the pods of a cluster are connected by veths, as the eth0 of one shows that is made for it.
 * @throws NetclaimsError `cluster/capabilities` and what a pod that does not start throws: not found out is not the same as not so
 */
export const podsHaveVeths = async (
  node: Node,
  open: (namespace: string) => Promise<World>,
  signal: AbortSignal,
): Promise<boolean> => {
  await using world = await open(`netclaims-detect-${randomBytes(4).toString('hex')}`);
  await world.apply([trialOn(node.name)], signal);
  const [trial] = await world.pods(signal);
  return await eth0IsVeth(node, trial?.netnsPath ?? '', signal);
};

const trialOn = (nodeName: string): Manifest =>
  ownManifest(
    'v1',
    'Pod',
    { name: 'trial' },
    {
      nodeName,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'busybox', command: ['sleep', '3600'] }],
    },
  );
