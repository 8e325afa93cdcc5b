import type { Cluster } from '../../domain/cluster.js';
import { connectKubernetes } from '../kubernetes/kubernetes-cluster.js';
import type { Engine } from './engine/engine.js';
import { containerFooting } from './node/container-footing.js';
import { dockerNode } from './node/docker-node.js';
import type { ClusterRecord } from './ownership/cluster-record.js';

/** Connects to a cluster that is up. Disposing of it ends the connection and nothing else. */
export const connectCluster = async (
  { cni, nodes }: ClusterRecord,
  kubeConfig: string,
  place: {
    readonly engine: Engine;
    readonly kubeconfig: string;
    readonly progress: (phase: string) => void;
  },
  signal: AbortSignal,
): Promise<Cluster> => {
  const { engine, kubeconfig, progress } = place;
  const cluster = await connectKubernetes(
    {
      provider: 'kind',
      kubeConfig,
      cni,
      nodes: nodes.map((name) => dockerNode(engine, name)),
      kubectl: ['kubectl', `--kubeconfig=${kubeconfig}`],
      footings: await Promise.all(nodes.map((name) => containerFooting(engine, name, signal))),
      progress,
    },
    signal,
  );
  return { ...cluster, kubeconfig };
};
