import { randomBytes } from 'node:crypto';
import type { Cluster } from '../domain/cluster.js';
import { ownManifest, type Manifest } from '../domain/manifest.js';
import type { Observation } from '../domain/observation.js';
import { checkGround, onGround } from './ground.js';
import type { Instruments } from './instruments.js';

/** More nodes tell nothing more of a network, and each costs two pods. */
const mostNodes = 10;

/**
 * The facts of pods that are the same on every cluster: on each of the first nodes one of the pod network and one of the node's, and
 * one of two containers. Nothing else of this run may have pods meanwhile.
 * @throws what a pod that does not start throws
 */
export const observeReferencePods = async (
  cluster: Cluster,
  { collect }: Pick<Instruments, 'collect'>,
  signal: AbortSignal,
): Promise<Observation> => {
  const nodes = cluster.nodes.slice(0, mostNodes);
  await using world = await cluster.openWorld(`netclaims-baseline-${randomBytes(4).toString('hex')}`);
  const stop = onGround(cluster, signal);
  await world.apply(
    nodes.flatMap(({ name }, index) => podsOn(name, index + 1)),
    stop,
  );
  const observed = await collect(
    'baseline',
    { pods: await world.pods(stop), nodes, cluster: cluster.facts },
    stop,
  );
  await checkGround(cluster, world);
  return observed;
};

const podsOn = (node: string, place: number): readonly Manifest[] => [
  pod(`on-node-${place}`, node, ['main']),
  pod(`of-node-${place}`, node, ['main'], true),
  ...(place === 1 ? [pod('two-containers', node, ['first', 'second'])] : []),
];

/** Named nodes, so that the same pods are on the same nodes in every run. */
const pod = (name: string, nodeName: string, containers: readonly string[], hostNetwork = false): Manifest =>
  ownManifest(
    'v1',
    'Pod',
    { name },
    {
      nodeName,
      hostNetwork,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      containers: containers.map((container) => ({
        name: container,
        image: 'busybox',
        command: ['sleep', '3600'],
      })),
    },
  );
