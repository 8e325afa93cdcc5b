import { quote } from 'zx/core';
import type { ClusterProvider, KeptCluster } from '../../domain/cluster-provider.js';
import { allDone } from '../../domain/all-done.js';
import type { Machine } from '../machine.js';
import { endMarked, markedState, processesMarked } from '../marked-process.js';
import { namedClusters } from '../named-clusters.js';
import { requireOwnState } from '../state-folder.js';
import type { ClusterRecord } from './containerd-cluster.js';
import { createCluster, usableCluster } from './create-cluster.js';
import { enterNode } from './node/enter.js';
import { removeCgroup, sweepCgroups } from './node/run-cgroup.js';
import { processesOf, requireProcesses } from './record-processes.js';
import { containerdRefusal } from './requirements.js';

/** Nodes that are namespaces of this machine, with a containerd each. */
export const containerdProvider = (machine: Machine): ClusterProvider => {
  const named = namedClusters<ClusterRecord>(machine.stateDir);
  return {
    name: 'containerd',
    refusal: containerdRefusal,

    async create(options, signal) {
      await requireOwnState(machine.stateDir);
      return createCluster(options, machine, named, signal);
    },

    async attach(name, progress, signal) {
      const record = await named.find(name);
      if (record === undefined) return undefined;
      await requireProcesses(name, record);
      return usableCluster(record, machine, named, new Map(), progress, signal);
    },

    async list() {
      await named.sweep(removeRecorded);
      const [all, damaged] = await Promise.all([named.all(), named.damaged()]);
      return [
        ...(await Promise.all(all.map(([name, record]) => listed(name, record)))),
        ...damaged.map(([name]) => unusable(name, 'its record is damaged')),
      ].sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async remove(name) {
      const damaged = (await named.damaged()).some(([own]) => own === name);
      const record = damaged ? undefined : await named.find(name);
      if (!damaged && record === undefined) return false;
      if (record !== undefined) await removeRecorded(record);
      // Their mark is all that is known of them.
      else await allDone((await processesMarked(`${named.fileOf(name)}#`)).map((one) => endMarked(one)));
      await named.forget(name);
      return true;
    },

    async sweep() {
      await allDone([named.sweep(removeRecorded), sweepCgroups()]);
      for (const [, error] of await named.damaged()) throw error;
    },
  };
};

/** Ends the namespaces that another process made; the kernel ends the rest of them with their first process. */
const removeRecorded = async (record: ClusterRecord): Promise<void> => {
  await allDone(processesOf(record).map((process) => endMarked(process)));
  await removeCgroup(record.cgroup);
};

const listed = async (name: string, record: ClusterRecord): Promise<KeptCluster> => {
  const { cni, nodes, createdAt } = record;
  const states = await Promise.all(processesOf(record).map(markedState));
  if (states.includes('gone')) return unusable(name, 'it has ended', record);
  if (states.includes('unknown')) return unusable(name, 'it cannot be seen from here', record);
  return {
    name,
    provider: 'containerd',
    cni,
    nodes: nodes.map((node) => node.name),
    createdAt,
    enter: enterNode(nodes[0]?.initPid ?? -1, { argv: ['bash'] })
      .map(quote)
      .join(' '),
  };
};

/** A cluster that can be removed, and nothing else. */
const unusable = (name: string, why: string, record?: ClusterRecord): KeptCluster => ({
  name,
  provider: 'containerd',
  cni: record?.cni ?? '?',
  nodes: record?.nodes.map((node) => node.name) ?? ['?'],
  createdAt: record?.createdAt ?? '?',
  enter: `${why}: netclaims cluster down ${name}`,
});
