import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from 'zx/core';
import type { ClusterProvider } from '../../domain/cluster-provider.js';
import type { Machine } from '../machine.js';
import { namedClusters } from '../named-clusters.js';
import { identifyProcess, isAlive } from '../process-identity.js';
import type { ClusterRecord } from './containerd-cluster.js';
import { createCluster, usableCluster } from './create-cluster.js';
import { enterNode } from './node/enter.js';
import { removeCgroup, sweepCgroups } from './node/run-cgroup.js';
import { containerdRefusal } from './requirements.js';

/** Nodes that are namespaces of this machine, with a containerd each. */
export const containerdProvider = (machine: Machine): ClusterProvider => {
  const named = namedClusters<ClusterRecord>(machine.stateDir);
  return {
    name: 'containerd',
    refusal: containerdRefusal,
    create: (options, signal) => createCluster(options, machine, named, signal),

    async attach(name, signal) {
      const record = await named.find(name);
      return record === undefined ? undefined : usableCluster(record, machine, named, new Map(), signal);
    },

    async list() {
      await named.sweep();
      const all = await named.all();
      return all.map(([name, { cni, nodes, createdAt }]) => ({
        name,
        provider: 'containerd',
        cni,
        nodes: nodes.map((node) => node.name),
        createdAt,
        enter: enterNode(nodes[0]?.initPid ?? -1, { argv: ['bash'] })
          .map(quote)
          .join(' '),
      }));
    },

    async remove(name) {
      const record = await named.find(name);
      if (record === undefined) return false;
      const pids = [...record.nodes.map(({ initPid }) => initPid), record.underlayPid];
      await Promise.all(pids.map(endNamespaces));
      await removeCgroup(record.cgroup);
      await named.forget(name);
      return true;
    },

    async sweep() {
      await Promise.all([named.sweep(), sweepCgroups()]);
    },
  };
};

/** Ends the namespaces that another process made; the kernel ends the rest of them with their first process. */
const endNamespaces = async (initPid: number): Promise<void> => {
  const init = await identifyProcess(initPid);
  if (init === undefined) return;
  kill(initPid, 'SIGKILL');
  // It is not our child, so nothing tells when it is gone.
  while (await isAlive(init)) await sleep(10);
};
