import process from 'node:process';
import { clusterProviders } from '../harness/clusters/index.js';
import { machineOf } from '../harness/clusters/machine.js';
import type { Cluster } from '../harness/domain/cluster.js';
import type { Manifest } from '../harness/domain/manifest.js';

const never = new AbortController().signal;

/** A containerd cluster with the default network, which ends with this process. */
export const bootCluster = async (name?: string): Promise<Cluster> => {
  const providers = clusterProviders(machineOf(process.env, process.getuid?.() ?? -1));
  const provider = providers.find(({ name }) => name === 'containerd');
  if (provider === undefined) throw new Error('there is no containerd provider');
  return provider.create(
    {
      cni: undefined,
      cniBinDir: undefined,
      nodes: 1,
      load: [],
      name,
      life: 'held',
      progress: () => undefined,
    },
    never,
  );
};

/** A pod with one container that sleeps. */
export const sleepingPod = (name: string): Manifest => ({
  file: 'bench',
  kind: 'Pod',
  name,
  object: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'busybox', command: ['sleep', '10000'] }] },
  },
  position: () => ({ line: 1, column: 1 }),
});
